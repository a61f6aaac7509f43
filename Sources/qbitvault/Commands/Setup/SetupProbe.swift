import Glibc
import QBittorrentClient

/// The part of `setup` that looks whether a login is possible, before anybody types a password.
struct SetupProbe {
    let server: Server
    let options: CredentialOptions

    /// What a person may be told and asked at once: that the server is not there, is something else or does not want to
    /// be called so, what its certificate is, that it has banned this address.
    ///
    /// - Parameter context: gets the certificate that was accepted, if one was.
    func look(in context: inout Context) async throws -> Probe {
        let probe = try await reach(in: &context)
        if probe == .bypass {
            context.world.output.note(
                "\(server.origin) asks this address for no login: it takes any password, so none can be proved")
        } else {
            try tellAboutBan(in: context)
        }
        return probe
    }

    private func reach(in context: inout Context) async throws -> Probe {
        do { return try await context.probe(server, options) } catch let error as ServerError where error.isOfTrust {
            let look = try await context.look(at: server)
            context.world.output.note(
                "\(Problem(error).what) If you know it to be the server's own, it can be accepted:")
            try context.world.prompt.agree(to: look, of: server, nil)
            context.accepted = (server, look.certificate)
            return try await context.probe(server, options)
        }
    }

    /// A login is the only thing that meets a ban, so only one that was met before is known.
    private func tellAboutBan(in context: Context) throws {
        guard !options.force, let ban = try context.knownBan(at: server) else { return }
        let problem = Problem(bannedSince: ban.since, ban.address, at: server.origin)
        // Asked again so soon, the guard would not let it through.
        guard time(nil) >= ban.lastTry + 60 else { throw problem }
        let question = "\(problem.what) \(problem.next ?? "")".printable + "\nGo on all the same?"
        guard try context.world.prompt.confirm(question, usual: false) else { throw problem }
    }
}

extension ServerError {
    /// Whether the server presents a certificate that a person may vouch for.
    fileprivate var isOfTrust: Bool {
        if case .transport(.tls(.untrusted)) = code { true } else { false }
    }
}

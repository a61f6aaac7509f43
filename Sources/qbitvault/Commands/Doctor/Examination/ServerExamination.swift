import Glibc
import QBittorrentClient

/// Whether the server can be reached, is the right one, and lets this machine in.
struct ServerExamination {
    let context: Context
    /// False where a source of credentials fails, which was said.
    let canSignIn: Bool

    func findings() async -> [Finding] {
        let server: Server
        do { server = try context.server() } catch { return [.failure("server", Problem(from: error))] }
        // Before the name is looked up: a server that must not be called has no use for it.
        if server.scheme == .http, !server.isLoopback, !context.allowsPlainHTTP(to: server) {
            return [.failure("tls", Problem(from: ServerError(.plainHTTPNotAllowed, at: server)))]
        }
        var findings = await ReachExamination(context: context, server: server).findings()
        guard findings.last?.verdict != .failure else { return findings }
        findings += await certificate(of: server)
        guard !findings.contains(where: { $0.verdict == .failure }) else { return findings }
        findings += memory(of: server)
        let probe: Probe
        do {
            let start = ContinuousClock.now
            probe = try await context.probe(server, CredentialOptions.none)
            let milliseconds = start.duration(to: .now) / .milliseconds(1)
            findings.append(
                .ok("connection", "\(server.origin) answers as qBittorrent does, in \(Int(milliseconds)) ms"))
        } catch { return findings + [.failure(Self.check(error), Problem(from: error))] }
        if probe == .bypass {
            findings.append(
                .warning(
                    "bypass", "the server asks this address for no login, so that no password is proved here",
                    next: "if that is not meant: Options, Web UI, Bypass authentication"))
        }
        guard canSignIn else { return findings }
        return findings + (await SignedInExamination(context: context, server: server).findings())
    }

    private func certificate(of server: Server) async -> [Finding] {
        guard server.scheme == .https else {
            if server.isLoopback { return [.ok("tls", "plain http, which stays on this machine")] }
            return [
                .warning(
                    "tls", "plain http to \(server.host): anybody on the way can read the password",
                    next: "use https, or let nobody else onto that network")
            ]
        }
        do {
            let report = CertificateReport(
                try await context.look(at: server), of: server, pin: try context.pin(of: server))
            return [report.finding]
        } catch { return [.failure("tls", Problem(from: error))] }
    }

    /// What earlier logins have come to.
    private func memory(of server: Server) -> [Finding] {
        Finding.of("login_memory") {
            var findings: [Finding] = []
            if let ban = try context.knownBan(at: server) {
                findings.append(
                    .warning(
                        "ban", "a login of this machine met a ban at \(Moment(ban.since)), and none was proven since",
                        next: "wait, or restart qBittorrent, which forgets bans"))
            }
            let left = try context.attemptsLeft(at: server)
            if left < LoginGuard.unattendedAttempts {
                findings.append(
                    .warning(
                        "login_memory", "logins have failed here: unattended runs try \(left) more before they stop",
                        next: "put the password right: qbitvault setup"))
            }
            return findings
        }
    }

    private static func check(_ error: any Error) -> String {
        guard let code = (error as? ServerError)?.code else { return "connection" }
        return switch code {
        case .hostRefused: "host_check"
        case .notQBittorrent: "base_path"
        default: "connection"
        }
    }
}

extension CertificateReport {
    /// In days.
    private static let soon = 21

    fileprivate var finding: Finding {
        if let pinnedFingerprint, !pinned {
            return .failure(
                "tls", "the certificate is not the one that is pinned (SHA-256 \(pinnedFingerprint))",
                next: "qbitvault trust show, and if it was renewed: qbitvault trust add",
                status: ExitStatus.tlsVerificationFailed.rawValue)
        }
        guard trusted || pinned else {
            return .failure(
                "tls", "the certificate is not believed: \(reasons.joined(separator: "; "))",
                next: "qbitvault trust show, and if it is right: qbitvault trust add",
                status: ExitStatus.tlsVerificationFailed.rawValue)
        }
        let words =
            "the certificate of \(issuer == subject ? "itself" : issuer ?? "an unknown issuer") is \(pinned ? "pinned" : "believed")"
        guard let notAfter else { return .ok("tls", words) }
        let days = (notAfter - time(nil)) / 86_400
        if days < Self.soon {
            return .warning("tls", "\(words), and ends at \(Moment(notAfter))", next: "have it renewed")
        }
        return .ok("tls", "\(words), until \(Moment(notAfter).day)")
    }
}

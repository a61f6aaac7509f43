import CredentialStores
import Glibc
import QBittorrentClient
import SystemPackage

/// What is seen after the one login: versions, the torrent creator, and how the server sees this machine's folders.
struct SignedInExamination {
    let context: Context
    let server: Server

    func findings() async -> [Finding] {
        let rules = context.settings.qbittorrent.dockerPathMapping
        // A person may open the vault; whether a login is wise is decided as if nobody were there.
        var context = context
        context.world.prompt = Prompt(isAllowed: false)
        do {
            return try await context.signedIn(CredentialOptions.none) { signedIn in
                let application = Application(signedIn.session)
                let version = try await application.webAPIVersion()
                var findings = [Self.login(signedIn)]
                findings.append(.ok("version", "qBittorrent \(try await application.version()), Web API \(version)"))
                findings.append(Self.creator(version))
                for rule in rules { findings.append(await Self.mapping(rule, version, signedIn.session)) }
                return findings
            }
        } catch { return [.failure(Self.check(error), Problem(from: error))] }
    }

    private static func check(_ error: any Error) -> String {
        guard case .banned? = (error as? ServerError)?.code else { return "login" }
        return "ban"
    }

    private static func login(_ signedIn: SignedIn) -> Finding {
        switch signedIn.place {
        case let place?:
            .ok("login", "\(signedIn.proof == .apiKey ? "the API key" : "the password") is accepted, from \(place)")
        case nil: .ok("login", "none was needed")
        }
    }

    private static func creator(_ version: WebAPIVersion) -> Finding {
        Dialect(version).hasTorrentCreator
            ? .ok("creator", "the server makes torrents")
            : .warning("creator", "the server makes no torrents", next: "that needs qBittorrent 5.0 or later")
    }

    /// Whether both sides of a rule are the same folder, as far as names can tell.
    private static func mapping(_ rule: PathRule, _ version: WebAPIVersion, _ session: Session) async -> Finding {
        let words = "\(rule.here) is \(rule.there) to the server"
        guard let ours = try? Set(names(in: rule.here)) else {
            return .warning(
                "path_mapping", "\(words), and cannot be listed here", next: "correct qbittorrent.docker_path_mapping")
        }
        // Servers before 5.0 cannot be asked (observed).
        guard Dialect(version).hasTorrentCreator else { return .ok("path_mapping", words) }
        do {
            let theirs = try await Application(session).content(of: rule.there)
            let names = Set(theirs.compactMap { FilePath($0).lastComponent?.string })
            if ours.isEmpty || names.isEmpty || !ours.isDisjoint(with: names) { return .ok("path_mapping", words) }
            return .warning(
                "path_mapping", "\(words), and has other files there", next: "correct qbittorrent.docker_path_mapping")
        } catch {
            return .warning(
                "path_mapping", "\(words), and the server does not find it",
                next: "correct qbittorrent.docker_path_mapping")
        }
    }

    private static func names(in folder: String) throws -> [String] {
        guard let stream = unsafe opendir(folder) else { throw Errno(rawValue: errno) }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

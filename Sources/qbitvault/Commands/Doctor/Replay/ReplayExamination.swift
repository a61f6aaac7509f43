import QBittorrentClient
import SystemPackage

/// What a run in a surrounding comes to, and what is different there.
struct ReplayExamination {
    let replay: Replay
    let context: Context
    let options: GlobalOptions

    func report() throws -> DoctorReport {
        let outcome = try replay.run(options, in: context)
        var findings = [credentials(outcome)]
        if case .told(let told) = outcome { findings += [server(told), configuration(told)].compactMap(\.self) }
        findings += [home, proxies, container].compactMap(\.self)
        return DoctorReport(findings, as: surrounding.rawValue, heading: heading)
    }

    private var surrounding: Surrounding { replay.surrounding }

    private var variables: [String: String] {
        var all = Dictionary(
            uniqueKeysWithValues: surrounding.variables(of: replay.account).map { ($0.name, $0.value) })
        for name in replay.set { all[name] = context.world.environment(name) }
        return all
    }

    private var heading: String {
        let names = variables.keys.sorted().joined(separator: ", ")
        return
            "as \(surrounding.rawValue): no terminal, no session bus, in \(surrounding.folder(of: replay.account)), with \(names)"
    }

    private func credentials(_ outcome: Replay.Outcome) -> Finding {
        let error: SignInReport.ToldError
        var isElsewhere = false
        switch outcome {
        case .ended(let ended): error = ended
        case .told(let told):
            guard let failure = told.error else { return success(told) }
            error = failure
            isElsewhere = configuration(told) != nil || home != nil
        }
        let place = error.place.map { " (\($0))" } ?? ""
        return .failure(
            "credentials", "this will not work: \(error.what)\(place)",
            next: looksElsewhere(error, isElsewhere) ?? mend.words(for: error), status: error.status)
    }

    /// Nothing is to be kept where it is kept already, and that run merely looks in another place.
    private func looksElsewhere(_ error: SignInReport.ToldError, _ isElsewhere: Bool) -> String? {
        guard isElsewhere, error.status == ExitStatus.credentialNotFound.rawValue, lost.folders.isEmpty,
            lost.credentials.isEmpty, (try? context.chosenStore()) != nil, home != nil
        else { return nil }
        return "they are kept here, and that run has another home: \(surrounding.setting("HOME"))"
    }

    private func success(_ told: SignInReport) -> Finding {
        let words = "this will work: \(told.words)"
        switch told.kind {
        case "keyring":
            return .warning(
                "credentials", "\(words), as long as you are logged in",
                next: "\(Mend.noDesktop): \(Mend.newVault(keyFile, serverOption))")
        case "dotenv":
            let path = told.source.map { $0.dropFirst(".env ".count) } ?? ""
            return .warning(
                "credentials", "\(words); it is plain text",
                next: "qbitvault credential import \(ShellWord(String(path)))\(serverOption)")
        default: return .ok("credentials", words)
        }
    }

    /// Where it would sign in, if that is not where it does here.
    private func server(_ told: SignInReport) -> Finding? {
        guard let there = told.server, let here = try? context.server().origin, there != here else { return nil }
        let named = lost.settings.filter { name in SettingKey.all.contains { $0.variable == name && $0.saysWhere } }
        let next =
            named.isEmpty
            ? "write the address into the configuration that is read there, or name this one: --config"
            : "write the address into the configuration, or \(surrounding.setting(named.joined(separator: ", ")))"
        return .failure("server", "there it is \(there), and here \(here)", next: next)
    }

    private func configuration(_ told: SignInReport) -> Finding? {
        let here = context.file.map { context.world.workingFolder.pushing($0.path).string }
        guard let here, told.configuration != here, told.configuration != context.file?.path.string else { return nil }
        let there = told.configuration.map { "there \($0) is read" } ?? "there no configuration is read"
        return .warning(
            "configuration", "\(there), and here \(here)", next: "name it there: --config \(ShellWord(here))")
    }

    private var home: Finding? {
        guard let here = context.world.environment("HOME"), let there = variables["HOME"], here != there else {
            return nil
        }
        return .warning(
            "home", "HOME is \(there) there, and here \(here)",
            next: "look at what lies below it: configuration, vault and state are looked for there")
    }

    private var proxies: Finding? {
        guard !lost.proxies.isEmpty, (try? context.server())?.isLoopback == false else { return nil }
        let names = lost.proxies.joined(separator: ", ")
        return .warning(
            "proxy", "\(names) say how the server is reached here, and are not set there",
            next: surrounding.setting(names))
    }

    /// A container has files of its own.
    private var container: Finding? {
        guard surrounding == .docker else { return nil }
        let isOne = ["/.dockerenv", "/run/.containerenv"].contains { (try? FilePath($0).stat()) != nil }
        return isOne
            ? nil
            : .warning(
                "container", "the files of this machine were looked at, and a container has its own",
                next: "run this inside of it: docker exec CONTAINER qbitvault doctor --as docker")
    }
}

extension ReplayExamination {
    private var lost: LostVariables { LostVariables(in: context) { variables[$0] != nil } }

    private var serverOption: String { options.server.map { " --server \(ShellWord($0))" } ?? "" }

    /// Where a key is found by whoever has the variables of there.
    private var keyFile: FilePath? {
        try? Folders { variables[$0] }.state.appending("vault.key")
    }

    private var mend: Mend {
        let store = try? context.chosenStore()
        return Mend(
            lost: lost, surrounding: surrounding, account: replay.account, serverOption: serverOption, keyFile: keyFile,
            hasStore: store != nil)
    }
}

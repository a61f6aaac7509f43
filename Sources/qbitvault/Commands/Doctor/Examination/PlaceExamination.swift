import CredentialStores
import SecureFiles
import SystemPackage

/// Where this user's files lie: who else may see them, and what becomes of them.
struct PlaceExamination {
    let context: Context

    var findings: [Finding] { configuration + vault + state + plainText + workTrees }

    private var configuration: [Finding] {
        guard let file = context.file else {
            return [.ok("configuration", "there is no file: defaults and the environment are all")]
        }
        return [
            file.isTrusted
                ? .ok("configuration", "\(file.path) is read")
                : .warning(
                    "configuration",
                    "\(file.path) was merely found in the working folder, and is not trusted with much",
                    next: "if it is yours, name it: --config \(ShellWord(file.path.string))")
        ]
    }

    private var vault: [Finding] {
        Finding.of("vault") {
            guard try context.chosenStore() == .vault else { return [] }
            let vault = try context.vault()
            let status = try vault.status()
            let concerns = try vault.concerns(context.vaultKeys())
            let apart = concerns.contains { if case .keyFileBesideVault = $0 { true } else { false } }
            var findings = concerns.map { concern in
                let report = ConcernReport(concern)
                if case .unsound = concern { return Finding.failure("vault", report.what, next: nil) }
                return Finding.warning(report.code, report.what)
            }
            findings.append(
                .ok("vault", "\(vault.path) is sound, generation \(status.generation), \(status.slots.count) slots"))
            if !apart {
                findings.append(.ok("backup", "the vault and its key lie in different folders: back them up apart"))
            }
            return findings
        }
    }

    /// What this host remembers; for a vault that is among its concerns.
    private var state: [Finding] {
        Finding.of("state") {
            let state = try context.world.folders.state
            do { try Folder.check(state) } catch { return [.failure("state", Problem(from: error))] }
            guard let storage = Folder.fleetingStorage(of: state) else {
                return [.ok("state", "\(state) lasts")]
            }
            if try context.chosenStore() == .vault { return [] }
            return [
                Finding.warning(
                    "state",
                    "\(state) is on \(storage == .memory ? "memory" : "a container's own layer"), so that refused passwords are forgotten; put it on a volume"
                )
            ]
        }
    }

    /// A `.env` that holds what a store keeps.
    private var plainText: [Finding] {
        Finding.of("env_file") {
            guard let choice = try context.chosenStore(), choice != .command else { return [] }
            let chain = try context.chain(CredentialOptions.none)
            let sightings = chain.sightings(of: .password, context.wanted)
            return sightings.filter { $0.place.kind == .dotEnv && $0.verdict != .absent }.map { sighting in
                let file = sighting.place.detail
                return .warning(
                    "env_file", "\(file) holds a password in plain text beside the \(choice.rawValue)",
                    next: "qbitvault credential import \(ShellWord(file)) --delete, and change the password")
            }
        }
    }

    /// Secret files that a commit could publish.
    private var workTrees: [Finding] {
        var files: [FilePath] = []
        if let file = context.file { files.append(file.path.removingLastComponent().appending(".env")) }
        if let vault = try? context.vaultPath() { files.append(vault) }
        for case .file(let file, _, _)? in (try? context.vaultKeys().sources.map(\.means)) ?? [] { files.append(file) }
        var seen: Set<FilePath> = []
        return files.map(context.absolute).filter { seen.insert($0).inserted && (try? $0.stat()) != nil }.compactMap {
            file in
            guard let tree = Self.workTree(of: file) else { return nil }
            return .warning(
                "work_tree", "\(file) lies in the git work tree \(tree): a commit could publish it",
                next:
                    "git -C \(ShellWord(tree.string)) check-ignore \(ShellWord(file.string)) must name it; better, move it"
            )
        }
    }

    private static func workTree(of file: FilePath) -> FilePath? {
        var folder = file
        while folder.removeLastComponent(), !folder.isEmpty {
            if (try? folder.appending(".git").stat()) != nil { return folder }
        }
        return nil
    }
}

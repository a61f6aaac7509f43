import CredentialStores
import SecureFiles
import SystemPackage

/// Where this user's files lie: who else may see them, and what becomes of them.
struct PlaceExamination {
    let context: Context

    var findings: [Finding] {
        let files = SecretFiles(context: context)
        return configuration + vault + PermissionExamination(files: files).findings + state + plainText
            + WorkTreeExamination(files: files).findings + BackupExamination(files: files).findings
    }

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
            let findings: [Finding] = concerns.compactMap { concern in
                let report = ConcernReport(concern)
                switch concern {
                // Told with the other files' permissions, and with what a backup has.
                case .unsound(let error) where Problem(error).status == .unsafePermissions: return nil
                case .keyFileBesideVault: return nil
                case .unsound: return .failure("vault", report.what, next: report.next)
                default: return .warning(report.code, report.what, next: report.next)
                }
            }
            let slots = "\(status.slots.count) slot\(status.slots.count == 1 ? "" : "s")"
            return findings + [.ok("vault", "\(vault.path) is sound, generation \(status.generation), \(slots)")]
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
                    "\(state) is on \(storage == .memory ? "memory" : "a container's own layer"), so that refused passwords are forgotten",
                    next: "put it on a volume")
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
}

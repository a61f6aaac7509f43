import CredentialStores
import FoundationEssentials
import SecureFiles
import SystemPackage

/// The files that hold secrets or what is remembered of them, and the folders that they are in: those that are there.
struct SecretFiles {
    let context: Context

    /// Nil where nobody has set anything up, or where it would be is not known.
    var vault: FilePath? {
        guard (try? context.chosenStore()) == .vault else { return nil }
        return (try? context.vaultPath()).flatMap { Self.exists($0) ? context.absolute($0) : nil }
    }

    /// Files that open the vault, and are of this user alone.
    var keys: [FilePath] {
        let sources = (try? context.vaultKeys().sources) ?? []
        return sources.compactMap { source in
            switch source.means {
            case .file(let path, _, .strict), .host(let path): context.absolute(path)
            default: nil
            }
        }.filter(Self.exists).unique
    }

    var dotEnv: FilePath? { context.dotEnv().flatMap { Self.exists($0) ? context.absolute($0) : nil } }

    /// What this program keeps for itself.
    private var state: [FilePath] {
        guard let folder = try? context.world.folders.state,
            let names = try? FileManager.default.subpathsOfDirectory(atPath: folder.string)
        else { return [] }
        return names.sorted().map { folder.appending($0) }
            .filter { (try? $0.stat(followTargetSymlink: false))?.type != .directory }
    }

    /// All that is for this user alone.
    var strict: [FilePath] {
        let clientKey = context.settings.qbittorrent.clientKey.map { [$0] } ?? []
        let beside = vault.map { [$0, FilePath($0.string + ".lock"), FilePath($0.string + ".prev")] } ?? []
        return (beside + keys + [dotEnv].compactMap(\.self) + clientKey + state).filter(Self.exists).unique
    }

    var folders: [FilePath] {
        let state = try? context.world.folders.state
        let configuration = context.file.map { [$0.path.removingLastComponent()] } ?? []
        let own = [vault?.removingLastComponent(), state, state?.appending("pins"), state?.appending("creation")]
        return (own.compactMap(\.self) + configuration + keys.map { $0.removingLastComponent() })
            .map { $0.isEmpty ? "." : $0 }.filter(Self.exists).unique
    }

    /// A link that leads nowhere is there, too.
    private static func exists(_ path: FilePath) -> Bool { (try? path.stat(followTargetSymlink: false)) != nil }
}

extension [FilePath] {
    fileprivate var unique: [FilePath] { reduce(into: []) { all, path in if !all.contains(path) { all.append(path) } } }
}

/// Can others read or replace what is for this user alone?
struct PermissionExamination {
    let files: SecretFiles

    var findings: [Finding] {
        let (folders, strict) = (files.folders, files.strict)
        var problems: [Problem] = []
        for folder in folders { do { try Folder.check(folder) } catch { problems.append(Problem(reading: error)) } }
        for file in strict {
            do throws(FileError) {
                guard let unsafety = try Unsafety(of: file, by: .strict) else { continue }
                problems.append(Problem(reading: FileError(.unsafe(unsafety), at: file)))
            } catch { problems.append(Problem(reading: error)) }
        }
        guard problems.isEmpty else {
            // A folder that is on the way to several is told once.
            return problems.reduce(into: []) { all, next in if !all.contains(next) { all.append(next) } }
                .map { .failure("permissions", $0) }
        }
        if strict.isEmpty { return [] }
        return [.ok("permissions", "\(strict.count) files and \(folders.count) folders are closed to others")]
    }
}

/// Does one backup, or one stolen disk, have both the vault and what opens it?
struct BackupExamination {
    let files: SecretFiles

    var findings: [Finding] {
        guard let vault = files.vault else { return [] }
        return files.keys.map { judge($0, vault) }
    }

    private func judge(_ key: FilePath, _ vault: FilePath) -> Finding {
        let (folder, other) = (vault.removingLastComponent(), key.removingLastComponent())
        if other.starts(with: folder) || folder.starts(with: other) {
            return .warning(
                "backup",
                "\(key) lies with the vault: who takes \(other.starts(with: folder) ? folder : other) has both",
                next:
                    "keep the key elsewhere: qbitvault vault slot add --key-file FILE, then qbitvault vault slot remove"
            )
        }
        guard let one = try? key.stat(), let two = try? vault.stat(), one.deviceID == two.deviceID else {
            return .ok("backup", "the vault and its key lie on different file systems")
        }
        return .warning(
            "backup", "\(key) lies on the file system of the vault: a backup of all of it, or a stolen disk, has both",
            next: "leave \(ShellWord(other.string)) out of the backup that has \(ShellWord(folder.string))")
    }
}

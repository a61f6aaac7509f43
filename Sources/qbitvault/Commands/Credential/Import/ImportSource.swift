import CredentialStores
import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// The file that credentials are taken from, as it was when it was read.
struct ImportSource: ~Copyable {
    /// Links followed: what is deleted later is the file itself. Nil for standard input.
    private let path: FilePath?
    private let stat: Stat?
    let content: Secret

    /// In bytes: a `.env` of a whole stack is smaller.
    private static let limit = 64 << 10

    private init(_ content: consuming Secret, path: FilePath?, stat: Stat?) {
        self.content = content
        self.path = path
        self.stat = stat
    }

    /// - Parameter file: a path; `-` is standard input.
    static func read(_ file: String) throws -> ImportSource {
        if file == "-" { try ClaimedInput.claim(0, for: "-") }
        do {
            if file == "-" {
                let content = try FileReading.secret(
                    from: .standardInput, named: "standard input", limit: limit)
                return ImportSource(content, path: nil, stat: nil)
            }
            let named = FilePath(file)
            let path = real(named) ?? named
            // Others may have read it, which is why it moves. What they can write is not believed.
            let stat = try? path.stat(followTargetSymlink: false)
            let content = try FileReading.secret(at: path, rule: .configuration, limit: limit)
            return ImportSource(content, path: path, stat: stat)
        } catch {
            throw StoreError(reading: error, at: file == "-" ? input : Place(.dotEnv, error.path.string))
        }
    }

    private static let input = Place(.option, "standard input")

    var name: String { path?.string ?? "standard input" }
    var place: Place { path.map { Place(.dotEnv, $0.string) } ?? Self.input }
    var canBeDeleted: Bool { path != nil }

    /// Its mode, where it is not closed to others.
    var modeOpenToOthers: UInt16? {
        stat.map { UInt16($0.permissions.rawValue & 0o777) }.flatMap { $0 & 0o077 == 0 ? nil : $0 }
    }

    /// Removes the file, unless it is not the one that was read any more.
    func delete() throws {
        guard let path, let stat else { return }
        let now = try? path.stat(followTargetSymlink: false)
        guard let now, now.deviceID == stat.deviceID, now.inode == stat.inode, now.size == stat.size,
            now.st_mtim.tv_sec == stat.st_mtim.tv_sec,
            now.st_mtim.tv_nsec == stat.st_mtim.tv_nsec
        else {
            throw Problem(
                .resultCannotBeWritten, "The file has changed since it was read, and was not deleted. All was kept.",
                at: path.string, next: "import it once more")
        }
        do throws(FileError) { try Folder.remove(path) } catch {
            if case .failed(.makeDurable, let code) = error.code {
                throw Problem(
                    .resultCannotBeWritten,
                    "All was kept and the file is deleted, but a power cut might bring it back: \(code).",
                    at: path.string, next: "look after the disk, then see whether it is gone")
            }
            throw Problem(
                .resultCannotBeWritten, "All was kept, and the file could not be deleted. \(error.sentence)",
                at: path.string, next: "delete it: rm \(ShellWord(path.string))")
        }
    }

    private static func real(_ path: FilePath) -> FilePath? {
        guard let name = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(name) }
        return unsafe FilePath(platformString: name)
    }
}

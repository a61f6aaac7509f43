import Glibc
import SecureFiles
import SystemPackage

extension Context {
    /// Where files can lie that must never be on a disk: `XDG_RUNTIME_DIR`, the folder that systemd gives a service
    /// (`RUNTIME_DIRECTORY`), or `/dev/shm`, which is said.
    func memoryFolder() throws -> FilePath {
        var reason = "XDG_RUNTIME_DIR is not set"
        if let folder = world.environment("XDG_RUNTIME_DIR"), !folder.isEmpty {
            guard let fault = fault(of: FilePath(folder)) else { return FilePath(folder) }
            reason = "XDG_RUNTIME_DIR, \(folder), \(fault)"
        }
        let given = world.environment("RUNTIME_DIRECTORY")?.split(separator: ":").first.map { FilePath(String($0)) }
        if let given, fault(of: given) == nil { return given }
        let shared: FilePath = "/dev/shm"
        guard fault(of: shared) == nil else {
            throw Problem(
                .resultCannotBeWritten, "\(reason), and /dev/shm does not do either.", at: "--tmpfile",
                next: "use --fd, or name a folder on a tmpfs in XDG_RUNTIME_DIR")
        }
        world.output.note("\(reason); the files are in /dev/shm until the command has ended")
        return shared
    }

    /// Why a folder does not do; nil where it does.
    private func fault(of path: FilePath) -> String? {
        guard path.isAbsolute else { return "is not an absolute path" }
        guard (try? path.stat())?.type == .directory else { return "is not there" }
        guard unsafe access(path.string, W_OK | X_OK) == 0 else { return "cannot be written to" }
        do { try Folder.check(path) } catch { return "can be changed by others" }
        return Folder.fleetingStorage(of: path) == .memory ? nil : "does not lie in memory"
    }
}

import FoundationEssentials
import Glibc
import SystemPackage

/// A folder that lives as long as the test that made it.
final class ScratchFolder: Sendable {
    let path: FilePath

    init() throws {
        // Resolved, so that a link above it does not change what paths look like.
        path = FilePath("/tmp/torrents-\(UInt64.random(in: .min ... .max))")
        guard unsafe mkdir(path.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Makes a file of `size` zeros, and the folders above it.
    @discardableResult
    func file(_ name: String, size: Int = 1) throws -> FilePath {
        let path = path.appending(name)
        try folder(path.removingLastComponent())
        let file = try FileDescriptor.open(path, .writeOnly, options: .create, permissions: .ownerReadWrite)
        defer { try? file.close() }
        _ = try file.writeAll([UInt8](repeating: 0, count: size))
        return path
    }

    @discardableResult
    func folder(_ name: String) throws -> FilePath {
        let path = path.appending(name)
        try folder(path)
        return path
    }

    @discardableResult
    func link(_ name: String, to target: String) throws -> FilePath {
        let path = path.appending(name)
        try folder(path.removingLastComponent())
        guard unsafe symlink(target, path.string) == 0 else { throw Errno(rawValue: errno) }
        return path
    }

    private func folder(_ path: FilePath) throws {
        if unsafe mkdir(path.string, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw Errno(rawValue: errno) }
        try folder(path.removingLastComponent())
        try folder(path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }
}

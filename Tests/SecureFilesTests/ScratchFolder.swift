import Glibc
import SystemPackage
import TestSupport

/// A folder of its own for one test.
struct ScratchFolder: ~Copyable {
    let path: FilePath

    init() throws { path = try Files.makeScratchFolder() }

    /// A file (0600 unless said otherwise) with a few bytes in it.
    func file(_ name: String = "file", mode: UInt32 = 0o600, count: Int = 3) throws -> FilePath {
        let file = path.appending(name)
        try Files.write([UInt8](repeating: 7, count: count), to: file)
        try Files.setMode(file, mode)
        return file
    }

    func link(to target: FilePath, name: String = "link") throws -> FilePath {
        let link = path.appending(name)
        guard unsafe symlink(target.string, link.string) == 0 else { throw Errno(rawValue: errno) }
        return link
    }

    /// The names in it.
    func names() throws -> [String] { try Files.names(in: path) }

    deinit { try? Files.removeTree(path) }
}

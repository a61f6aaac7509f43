import SystemPackage
import TestSupport

/// The files and folders below a home, to be compared, and to be put back.
struct Tree: Hashable, Sendable {
    private(set) var folders: [FilePath] = []
    private(set) var files: [FilePath: [UInt8]] = [:]

    init(below folder: FilePath) throws { try add(folder) }

    private mutating func add(_ folder: FilePath) throws {
        for entry in try Files.entries(of: folder) {
            if try entry.stat(followTargetSymlink: false).type == .directory {
                folders.append(entry)
                try add(entry)
            } else {
                files[entry] = try Files.bytes(entry)
            }
        }
    }

    /// Makes `folder`, which holds `now`, what it was.
    func restore(_ folder: FilePath, from now: Tree) throws {
        for file in now.files.keys where files[file] == nil { try Files.remove(file) }
        for made in now.folders.reversed() where !folders.contains(made) { try Files.removeTree(made) }
        for missing in folders where !now.folders.contains(missing) { try Files.makeFolder(missing) }
        for (file, bytes) in files where now.files[file] != bytes { try Files.write(bytes, to: file) }
    }

    /// Whether nothing is different but who held a lock last.
    func isSame(as other: Tree) -> Bool {
        folders == other.folders && files.count == other.files.count
            && files.allSatisfy { file, bytes in
                guard let others = other.files[file] else { return false }
                return bytes == others || file.string.hasSuffix("lock")
            }
    }

    /// What writers leave behind when they are killed.
    var temporaries: [FilePath] { files.keys.filter { $0.extension == "tmp" } }
}

import Glibc
package import SystemPackage

extension Files {
    package static func remove(_ path: FilePath) throws {
        guard unsafe unlink(path.string) == 0 else { throw Errno(rawValue: errno) }
    }

    package static func mode(_ path: FilePath) throws -> UInt32 {
        try path.stat().permissions.rawValue & 0o7777
    }

    package static func setMode(_ path: FilePath, _ mode: UInt32) throws {
        guard unsafe chmod(path.string, mode) == 0 else { throw Errno(rawValue: errno) }
    }

    package static func rename(_ path: FilePath, to other: FilePath) throws {
        guard unsafe Glibc.rename(path.string, other.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// A new folder (0700) for one test, below the folder for temporary files unless told otherwise.
    package static func makeScratchFolder(named prefix: String = "/tmp/qbitvault-test.") throws -> FilePath {
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        let folder = FilePath(prefix + mark)
        guard unsafe mkdir(folder.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
        return folder
    }

    /// Makes a folder (0700) and what is missing above it.
    package static func makeFolder(_ path: FilePath) throws {
        if unsafe mkdir(path.string, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw Errno(rawValue: errno) }
        try makeFolder(path.removingLastComponent())
        guard unsafe mkdir(path.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Removes a folder and all in it. What a process that is just ending still makes or removes there is put up with.
    package static func removeTree(_ folder: FilePath) throws {
        var patience = 50
        while true {
            for entry in (try? entries(of: folder)) ?? [] {
                let isFolder = (try? entry.stat(followTargetSymlink: false))?.type == .directory
                if isFolder { try removeTree(entry) } else { _ = unsafe unlink(entry.string) }
            }
            if unsafe rmdir(folder.string) == 0 || errno == ENOENT { return }
            guard errno == ENOTEMPTY, patience > 0 else { throw Errno(rawValue: errno) }
            patience -= 1
            usleep(20_000)
        }
    }

    /// Every regular file below `folder`.
    package static func all(below folder: FilePath) throws -> [FilePath] {
        var found: [FilePath] = []
        for entry in try entries(of: folder) {
            switch try entry.stat(followTargetSymlink: false).type {
            case .directory: found += try all(below: entry)
            case .regular: found.append(entry)
            default: continue
            }
        }
        return found
    }

    /// Makes a symbolic link.
    package static func link(_ path: FilePath, to target: FilePath) throws {
        guard unsafe symlink(target.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Where a symbolic link leads, as it stands in it.
    package static func target(of path: FilePath) throws -> String {
        var room = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink(path.string, &room, room.count)
        guard count >= 0 else { throw Errno(rawValue: errno) }
        return String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// What is in `folder`, by name and in order; only what stands right in it.
    package static func names(in folder: FilePath) throws -> [String] {
        try entries(of: folder).compactMap { $0.lastComponent?.string }.sorted()
    }

    package static func entries(of folder: FilePath) throws -> [FilePath] {
        guard let stream = unsafe opendir(folder.string) else { throw Errno(rawValue: errno) }
        defer { unsafe _ = closedir(stream) }
        var found: [FilePath] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { found.append(folder.appending(name)) }
        }
        return found
    }

    /// What lies below `folder`, to be put back later.
    package static func snapshot(_ folder: FilePath) throws -> [FilePath: [UInt8]] {
        try all(below: folder).reduce(into: [:]) { $0[$1] = try bytes($1) }
    }

    package static func restore(_ snapshot: [FilePath: [UInt8]]) throws {
        for (path, bytes) in snapshot { try write(bytes, to: path) }
    }
}

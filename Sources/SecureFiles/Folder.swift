import Glibc
package import SystemPackage

/// Folders that hold secrets or state.
package enum Folder {
    /// Makes `path` and what is missing above it, closed to others (0700) whatever the umask. A folder that exists is
    /// left as it is, and refused when others could replace what is in it.
    package static func makePrivate(_ path: FilePath) throws(FileError) {
        if try make(path) { return try check(path) }
        try makePrivate(path.removingLastComponent())
        guard try make(path) else { throw FileError(.failed(.makeFolder, .noSuchFileOrDirectory), at: path) }
    }

    /// Refuses a folder in which others could replace files, or that others could replace itself: one of a stranger, or
    /// open to writing, on the whole way from the root. One with the sticky bit (such as `/tmp`) guards its files. A
    /// folder that is not there is no danger.
    package static func check(_ path: FilePath) throws(FileError) { try FolderWalk.check(path) }

    /// False when what is above it is missing.
    private static func make(_ path: FilePath) throws(FileError) -> Bool {
        // A name without a folder before it means the working folder.
        if path.isEmpty || (try? path.stat())?.type == .directory { return true }
        let code = unsafe path.withPlatformString { name in
            // The umask may have taken from the owner too.
            guard unsafe mkdir(name, 0o700) == 0 else { return errno }
            return uninterrupted { unsafe chmod(name, 0o700) } == 0 ? 0 : errno
        }
        switch code {
        case 0: return true
        case ENOENT: return false
        // Another process made it just now; but a file there is not a folder.
        case EEXIST where (try? path.stat())?.type == .directory: return true
        case EEXIST: throw FileError(.failed(.makeFolder, .notDirectory), at: path)
        default: throw FileError(.failed(.makeFolder, Errno(rawValue: code)), at: path)
        }
    }

    /// Removes the file at `path`, for good.
    package static func remove(_ path: FilePath) throws(FileError) {
        guard unsafe path.withPlatformString({ unsafe unlink($0) }) == 0 else {
            throw FileError(.failed(.remove, Errno(rawValue: errno)), at: path)
        }
        try synchronize(path.removingLastComponent())
    }

    /// Makes the names in a folder durable.
    package static func synchronize(_ path: FilePath) throws(FileError) {
        do {
            let folder = try FileDescriptor.open(
                path.isEmpty ? "." : path, .readOnly, options: [.directory, .closeOnExec])
            defer { try? folder.close() }
            // Some network file systems cannot do this for a folder; the rename stands all the same.
            if uninterrupted({ fsync(folder.rawValue) }) != 0, errno != EINVAL { throw Errno(rawValue: errno) }
        } catch {
            throw FileError(.failed(.makeDurable, error as? Errno ?? .ioError), at: path)
        }
    }
}

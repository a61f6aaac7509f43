import Glibc
package import SystemPackage

/// Folders that hold secrets or state.
package enum Folder {
    /// Makes `path` and what is missing above it, closed to others (0700). One that exists is left as it is.
    package static func makePrivate(_ path: FilePath) throws(FileError) {
        if unsafe mkdir(path.string, 0o700) == 0 { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makePrivate(path.removingLastComponent())
            if unsafe mkdir(path.string, 0o700) == 0 || errno == EEXIST { return }
            fallthrough
        default: throw FileError(.failed(.makeFolder, Errno(rawValue: errno)), at: path)
        }
    }

    /// Makes the names in a folder durable.
    package static func synchronize(_ path: FilePath) throws(FileError) {
        do {
            let folder = try FileDescriptor.open(
                path.isEmpty ? "." : path, .readOnly, options: [.directory, .closeOnExec])
            defer { try? folder.close() }
            // Some network file systems cannot do this for a folder; the rename stands all the same.
            guard fsync(folder.rawValue) == 0 || errno == EINVAL else { throw Errno(rawValue: errno) }
        } catch {
            throw FileError(.failed(.write, error as? Errno ?? .ioError), at: path)
        }
    }
}

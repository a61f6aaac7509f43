import Glibc
import SystemPackage

/// What makes a file unfit to hold or to supply a secret, or a folder unfit to hold such files. Modes are octal, the
/// nine permission bits.
package enum Unsafety: Hashable, Sendable {
    /// It belongs to this user number.
    case owner(UInt32)
    /// Its mode lets others in.
    case mode(UInt16)
    /// Its mode lets others write, where reading it is no harm.
    case writable(UInt16)
    case symbolicLink
    /// A symbolic link that leads to nothing.
    case danglingLink
    case notRegular(FileKind)
    /// More than one name leads to it.
    case hardLinked
    /// A folder on the way to it belongs to this user number, who could put something else there.
    case folderOwner(UInt32)
    /// A folder on the way to it has this mode, so that others could put something else there.
    case folderMode(UInt16)
}

/// What a file is that is none for reading.
package enum FileKind: Hashable, Sendable {
    case folder, pipe, socket, device

    /// Nil for a regular file.
    init?(_ type: FileType) {
        switch type {
        case .regular: return nil
        case .directory: self = .folder
        case .fifo: self = .pipe
        case .socket: self = .socket
        default: self = .device
        }
    }
}

extension Unsafety {
    /// Of the symbolic link at `path`.
    init(ofLink path: FilePath) {
        do {
            _ = try path.stat()
            self = .symbolicLink
        } catch { self = error == .noSuchFileOrDirectory ? .danglingLink : .symbolicLink }
    }
}

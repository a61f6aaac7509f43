import Glibc
import SystemPackage

/// How strictly a file is looked at before it is believed. The two rules of the design.
package enum FileRule: Sendable {
    /// The vault, its key, the state: owned by this user, closed to all others, no link, a regular file.
    case strict
    /// Supplied by systemd, docker, kubernetes or a descriptor: refused only if others can write to it.
    case supplied
    /// A configuration: may be readable by all, is refused if others can write to it or it belongs to a stranger.
    case configuration

    var followsLinks: Bool { self != .strict }

    /// Flags for `open(2)` that hold the rule where a check afterwards would come too late.
    var openOptions: FileDescriptor.OpenOptions {
        followsLinks ? [.closeOnExec, .nonBlocking] : [.noFollow, .closeOnExec, .nonBlocking]
    }

    /// Looks at what the name leads to now, so that a pipe or a device is not even opened: that alone may do something.
    func checkKind(of path: FilePath) throws(FileError) {
        guard let type = try? path.stat(followTargetSymlink: followsLinks).type, let kind = FileKind(type),
            type != .symbolicLink
        else { return }
        throw FileError(.unsafe(.notRegular(kind)), at: path)
    }

    /// Checks what was opened, never the name: the name may lead elsewhere by now.
    func check(_ file: Stat) -> Unsafety? {
        if let kind = FileKind(file.type) { return .notRegular(kind) }
        let mode = UInt16(file.permissions.rawValue & 0o777)
        let owner = UInt32(file.userID.rawValue)
        switch self {
        case .strict:
            if owner != geteuid() { return .owner(owner) }
            if mode & 0o077 != 0 { return .mode(mode) }
            if file.linkCount > 1 { return .hardLinked }
        case .supplied:
            if mode & 0o022 != 0 { return .writable(mode) }
        case .configuration:
            if owner != geteuid() && owner != 0 { return .owner(owner) }
            if mode & 0o022 != 0 { return .writable(mode) }
        }
        return nil
    }
}

import Glibc
import Secrets
import SystemPackage
import TestSupport

/// What can be wrong with a file that nobody else may reach.
enum UnsafeFile: String, CaseIterable, Sendable {
    case symbolicLink, danglingLink, stranger, groupReadable, worldReadable, worldWritable, hardLinked
    case pipe, socket, device, folder

    /// Nobody else can give files away or make devices.
    var needsRoot: Bool { self == .stranger || self == .device }

    /// Whether it stands in the file's place, and the right file is elsewhere.
    private var replaces: Bool {
        switch self {
        case .danglingLink, .pipe, .socket, .device, .folder: true
        default: false
        }
    }

    func bring(about path: FilePath) throws {
        let aside = Self.aside(path)
        if replaces || self == .symbolicLink { try succeed(unsafe rename(path.string, aside.string)) }
        switch self {
        case .symbolicLink: try succeed(unsafe Glibc.symlink(aside.string, path.string))
        case .danglingLink: try succeed(unsafe Glibc.symlink(path.string + ".none", path.string))
        case .stranger: try succeed(unsafe chown(path.string, 12_345, 12_345))
        case .groupReadable: try Files.setMode(path, 0o640)
        case .worldReadable: try Files.setMode(path, 0o604)
        case .worldWritable: try Files.setMode(path, 0o602)
        case .hardLinked: try succeed(unsafe link(path.string, aside.string))
        case .pipe: try succeed(unsafe mkfifo(path.string, 0o600))
        case .socket: try succeed(unsafe mknod(path.string, S_IFSOCK | 0o600, 0))
        // As /dev/zero, which never ends.
        case .device: try succeed(unsafe mknod(path.string, S_IFCHR | 0o600, dev_t(1 << 8 | 5)))
        case .folder: try succeed(unsafe mkdir(path.string, 0o700))
        }
    }

    /// After the place was made free.
    func putBack(_ path: FilePath) throws {
        if replaces { try succeed(unsafe rename(Self.aside(path).string, path.string)) }
    }

    private static func aside(_ path: FilePath) -> FilePath { FilePath(path.string + ".aside") }
}

/// What can be wrong with a folder on the way to such a file.
enum UnsafeFolder: String, CaseIterable, Sendable {
    case worldWritable, groupWritable, stranger, worldWritableAbove, strangerAbove, strangersLink

    var needsRoot: Bool { self == .stranger || self == .strangerAbove || self == .strangersLink }

    /// - Returns: the name by which the folder is reached from now on.
    func bring(about folder: FilePath) throws -> FilePath {
        let above = folder.removingLastComponent()
        switch self {
        case .worldWritable: try Files.setMode(folder, 0o707)
        // One's own group has one's own number, and is no danger further up.
        case .groupWritable: try Files.setMode(folder, 0o770)
        case .stranger: try succeed(unsafe chown(folder.string, 12_345, 12_345))
        case .worldWritableAbove: try Files.setMode(above, 0o777)
        case .strangerAbove: try succeed(unsafe chown(above.string, 12_345, 12_345))
        case .strangersLink:
            // As in /tmp: nobody but its owner can exchange the link.
            try Files.setMode(above, 0o1777)
            let link = above.appending("link of a stranger")
            try succeed(unsafe Glibc.symlink(folder.string, link.string))
            try succeed(unsafe lchown(link.string, 12_345, 12_345))
            return link
        }
        return folder
    }
}

private func succeed(_ result: Int32) throws {
    if result != 0 { throw Errno(rawValue: errno) }
}

import Glibc
import SystemPackage

/// The folders that a name leads through, links followed as the kernel does. Whoever can rename in one of them can put
/// something else at the end of the name, so all of them count and not the last alone.
struct FolderWalk {
    /// Where it stands: a path without links.
    private var place: FilePath = "/"
    private var rest: [FilePath.Component]
    private var links = 0

    private static let mostLinks = 40

    /// Refuses a name that somebody else can make lead elsewhere. What is not there yet is no danger.
    static func check(_ path: FilePath) throws(FileError) {
        var walk = FolderWalk(rest: workingFolder(for: path).pushing(path).components.reversed())
        do { try walk.look(at: try walk.place.stat(), isLast: walk.rest.isEmpty) } catch {
            throw (error as? FileError) ?? FileError(.failed(.open, error as? Errno ?? .ioError), at: walk.place)
        }
        while let name = walk.rest.popLast() { guard try walk.step(to: name) else { return } }
    }

    private static func workingFolder(for path: FilePath) -> FilePath {
        guard !path.isAbsolute, let name = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(name) }
        return unsafe FilePath(platformString: name)
    }

    /// False where the walk ends.
    private mutating func step(to name: FilePath.Component) throws(FileError) -> Bool {
        switch name.kind {
        case .currentDirectory: return true
        case .parentDirectory:
            place.removeLastComponent()
            return true
        case .regular: break
        }
        let next = place.appending(name)
        let found: Stat
        do { found = try next.stat(followTargetSymlink: false) } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return false }
            throw FileError(.failed(.open, error), at: next)
        }
        switch found.type {
        case .directory:
            place = next
            try look(at: found, isLast: rest.isEmpty)
            return true
        case .symbolicLink:
            // In a folder with the sticky bit its owner could exchange it.
            let owner = UInt32(found.userID.rawValue)
            guard Self.isTrusted(owner) else { throw FileError(.unsafe(.folderOwner(owner)), at: next) }
            try follow(next)
            return true
        default: return false
        }
    }

    private mutating func follow(_ link: FilePath) throws(FileError) {
        links += 1
        var name = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = unsafe link.withPlatformString { unsafe readlink($0, &name, name.count - 1) }
        guard links <= Self.mostLinks, count > 0 else {
            throw FileError(.failed(.open, .tooManySymbolicLinkLevels), at: link)
        }
        let target = FilePath(platformString: name)
        if target.isAbsolute { place = "/" }
        rest += target.components.reversed()
    }

    /// At the folder that it stands in.
    private func look(at folder: Stat, isLast: Bool) throws(FileError) {
        let owner = UInt32(folder.userID.rawValue)
        let mode = UInt16(folder.permissions.rawValue & 0o7777)
        guard Self.isTrusted(owner) else { throw FileError(.unsafe(.folderOwner(owner)), at: place) }
        // The sticky bit (as `/tmp` has it) guards what is in a folder.
        guard mode & 0o1000 == 0 else { return }
        let isOurs = !isLast && mode & 0o002 == 0 && Self.isTrusted(group: UInt32(folder.groupID.rawValue))
        if mode & 0o022 != 0, !isOurs { throw FileError(.unsafe(.folderMode(mode & 0o777)), at: place) }
    }

    /// This user and root; and whoever has no number here, because a container shows all strangers alike, the real
    /// root among them.
    private static func isTrusted(_ owner: UInt32) -> Bool {
        owner == geteuid() || owner == 0 || owner == unmappedOwner && isInUserNamespace
    }

    /// Root's, and the group of this user's own that many systems give everybody, with the user's number.
    private static func isTrusted(group: UInt32) -> Bool { group == 0 || group == geteuid() }

    private static let unmappedOwner: UInt32 = 65_534

    private static let isInUserNamespace: Bool = {
        let map = try? FileReading.start(of: "/proc/self/uid_map", count: 64)
        let numbers = map.map { String(decoding: $0, as: UTF8.self).split { $0 == " " || $0 == "\n" } }
        return numbers.map { $0.prefix(3) != ["0", "0", "4294967295"] } ?? false
    }()
}

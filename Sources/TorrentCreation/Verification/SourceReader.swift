import SystemPackage

/// Walks a source, with a list of its own in place of recursion.
struct SourceReader {
    struct Failure: Error {
        let path: FilePath
        let code: Errno
    }

    private let root: FilePath
    private let ignoresDotfiles: Bool
    private var files: [SourceFile] = []
    private var pending: [Folder] = []

    /// A folder still to be looked at.
    private struct Folder {
        let path: FilePath
        /// Below the source, with a slash at the end; empty for the source itself.
        let prefix: String
        /// Its files are left out.
        let isDotFolder: Bool
        /// It stands behind a link, so its folders are left out.
        let isLinked: Bool
    }

    init(root: FilePath, ignoresDotfiles: Bool) {
        self.root = root
        self.ignoresDotfiles = ignoresDotfiles
    }

    mutating func read() throws(Failure) -> [SourceFile] {
        let source = try Self.attempt(root) { path throws(Errno) in try path.stat() }
        guard source.type == .directory else {
            guard source.type == .regular else { throw Failure(path: root, code: .invalidArgument) }
            return [SourceFile(path: root.lastComponent?.string ?? "", size: source.size)]
        }
        pending = [Folder(path: root, prefix: "", isDotFolder: false, isLinked: false)]
        while let folder = pending.popLast() {
            for name in try Self.attempt(folder.path, FolderNames.read) { try add(name, in: folder) }
        }
        return files
    }

    private mutating func add(_ name: FilePath.Component, in folder: Folder) throws(Failure) {
        let path = folder.path.appending(name)
        let text = folder.prefix + name.string
        let isDotted = ignoresDotfiles && name.string.hasPrefix(".")
        guard let file = try Self.attempt(path, Self.follow) else { return }
        switch file.type {
        case .regular where !isDotted && !folder.isDotFolder:
            files.append(SourceFile(path: text, size: file.size))
        case .directory where !folder.isLinked:
            let link = try Self.attempt(path) { path throws(Errno) in try path.stat(followTargetSymlink: false) }
            pending.append(
                Folder(path: path, prefix: text + "/", isDotFolder: isDotted, isLinked: link.type == .symbolicLink)
            )
        default: break
        }
    }

    /// What a name leads to. Nil for a link to nothing, or to itself.
    private static func follow(_ path: FilePath) throws(Errno) -> Stat? {
        do { return try path.stat() } catch {
            if error == .noSuchFileOrDirectory || error == .tooManySymbolicLinkLevels { return nil }
            throw error
        }
    }

    private static func attempt<R>(_ path: FilePath, _ body: (FilePath) throws(Errno) -> R) throws(Failure) -> R {
        do { return try body(path) } catch { throw Failure(path: path, code: error) }
    }
}

package import SystemPackage

/// Why a file could not be read, written or locked. Holds a path and never a byte of what is inside.
package struct FileError: Error, Hashable {
    package enum Code: Hashable, Sendable {
        /// Nothing is there.
        case absent
        /// Something is there that must not be trusted: wrong owner, open to others, a link, not a regular file.
        case unsafe(Unsafety)
        /// It holds more than the limit, in bytes.
        case tooLarge(limit: Int)
        /// Another process holds the lock, and said this about itself. Nil where it cannot be told who.
        case busy(holder: String?)
        /// It exists, and was not to be replaced.
        case exists
        /// The system call failed.
        case failed(Operation, Errno)
    }

    package enum Operation: String, Sendable {
        case open, read, write, rename, lock, remove, makeFolder
        /// It is done, and the folder that it was done in could not be forced onto the disk.
        case makeDurable
    }

    package let code: Code
    package let path: FilePath

    package init(_ code: Code, at path: FilePath) {
        self.code = code
        self.path = path
    }
}

extension FileError {
    init(opening path: FilePath, failed error: any Error) {
        let code = error as? Errno ?? .ioError
        switch code {
        case .noSuchFileOrDirectory, .notDirectory: self.init(.absent, at: path)
        case .tooManySymbolicLinkLevels: self.init(.unsafe(Unsafety(ofLink: path)), at: path)
        // What the system says to a socket, and to a folder that is to be written.
        case .noSuchAddressOrDevice, .isDirectory:
            let kind = (try? path.stat(followTargetSymlink: false)).flatMap { FileKind($0.type) }
            self.init(kind.map { .unsafe(.notRegular($0)) } ?? .failed(.open, code), at: path)
        default: self.init(.failed(.open, code), at: path)
        }
    }
}

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
        /// Another process holds the lock, and said this about itself.
        case busy(holder: String)
        /// It exists, and was not to be replaced.
        case exists
        /// The system call failed.
        case failed(Operation, Errno)
    }

    package enum Operation: String, Sendable { case open, read, write, rename, lock, remove, makeFolder }

    package let code: Code
    package let path: FilePath

    package init(_ code: Code, at path: FilePath) {
        self.code = code
        self.path = path
    }
}

/// What makes a file unfit to hold or to supply a secret.
package enum Unsafety: Hashable, Sendable {
    /// It belongs to this user number.
    case owner(UInt32)
    /// Its mode (octal, the nine permission bits) lets others in.
    case mode(UInt16)
    case symbolicLink
    case notRegular
    /// More than one name leads to it.
    case hardLinked
}

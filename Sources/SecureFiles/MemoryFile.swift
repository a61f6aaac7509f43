import CLinux
import Glibc
package import Secrets
package import SystemPackage

/// Secrets for a program that takes our place: files in memory that have no name, and pipes.
package enum MemoryFile {
    /// A file with a part of `secret` that cannot be changed any longer. A program that takes our place has it open.
    package static func sealed(_ range: Range<Int>, of secret: borrowing Secret) throws(FileError) -> FileDescriptor {
        let number = unsafe secret.withUnsafeBytes { bytes in
            unsafe linux_sealed_file("qbitvault", bytes + range.lowerBound, range.count)
        }
        guard number >= 0 else { throw FileError(.failed(.write, Errno(rawValue: errno)), at: "/proc/self/fd") }
        return FileDescriptor(rawValue: number)
    }

    /// Makes a part of `secret` all that standard input still has.
    package static func feed(_ range: Range<Int>, of secret: borrowing Secret) throws(FileError) {
        let number = unsafe secret.withUnsafeBytes { bytes in
            unsafe linux_filled_pipe(bytes + range.lowerBound, range.count)
        }
        guard number >= 0 else { throw FileError(.failed(.write, Errno(rawValue: errno)), at: "standard input") }
        defer { close(number) }
        guard dup2(number, STDIN_FILENO) >= 0 else {
            throw FileError(.failed(.write, Errno(rawValue: errno)), at: "standard input")
        }
    }
}

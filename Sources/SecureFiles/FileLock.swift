import Glibc
package import SystemPackage

/// An exclusive lock on a file of its own, held until the owner goes. The file says who holds it.
package struct FileLock: ~Copyable {
    private let file: FileDescriptor

    /// Waits for the lock.
    ///
    /// - Parameters:
    ///   - path: the lock file. It is made when missing and never removed: removing it would let two in.
    ///   - holder: what others are told, such as the process id and the command. Never a secret.
    ///   - patience: how long to wait before `FileError.Code.busy`.
    package init(_ path: FilePath, holder: String, patience: Duration) throws(FileError) {
        let file = try Self.open(path)
        do throws(FileError) { try Self.wait(for: file, at: path, patience: patience) } catch {
            try? file.close()
            throw error
        }
        self.file = file
        try? write(holder)
    }

    private static func open(_ path: FilePath) throws(FileError) -> FileDescriptor {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .noFollow, .closeOnExec], permissions: [.ownerReadWrite]
            )
        } catch {
            throw FileError(opening: path, failed: error)
        }
        // The umask may have taken from the owner too. Somebody else's file stays as it is.
        _ = fchmod(file.rawValue, 0o600)
        return file
    }

    private static func wait(for file: FileDescriptor, at path: FilePath, patience: Duration) throws(FileError) {
        let clock = ContinuousClock()
        let end = clock.now + patience
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw FileError(.failed(.lock, Errno(rawValue: errno)), at: path)
            }
            guard clock.now < end else { throw FileError(.busy(holder: holder(of: file)), at: path) }
            usleep(20_000)
        }
    }

    private borrowing func write(_ holder: String) throws {
        try file.resize(to: 0)
        _ = try file.writeAll(toAbsoluteOffset: 0, holder.utf8)
    }

    private static func holder(of file: FileDescriptor) -> String {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256) { room, count in
            count = (try? unsafe file.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(room))) ?? 0
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    deinit {
        // Closing alone would leave it to a child that was forked meanwhile and has yet to become its program.
        flock(file.rawValue, LOCK_UN)
        try? file.close()
    }
}

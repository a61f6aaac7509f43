import CLinux
import Glibc
package import SystemPackage

/// An exclusive lock on a file of its own, held until the owner goes. The file says who holds it.
package struct FileLock: ~Copyable {
    private let file: FileDescriptor
    private let path: FilePath

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
        self.path = path
        try? write(holder)
    }

    /// Whoever may open it could hold it for ever, so it is as closed as what it guards.
    private static func open(_ path: FilePath) throws(FileError) -> FileDescriptor {
        try FileRule.strict.checkKind(of: path)
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .noFollow, .closeOnExec, .nonBlocking],
                permissions: [.ownerReadWrite]
            )
        } catch {
            throw FileError(opening: path, failed: error)
        }
        do {
            if let unsafety = FileRule.strict.check(try file.stat()) { throw FileError(.unsafe(unsafety), at: path) }
        } catch {
            try? file.close()
            throw (error as? FileError) ?? FileError(.failed(.lock, error as? Errno ?? .ioError), at: path)
        }
        // The umask may have taken from the owner too.
        _ = uninterrupted { fchmod(file.rawValue, 0o600) }
        return file
    }

    private static func wait(for file: FileDescriptor, at path: FilePath, patience: Duration) throws(FileError) {
        LockTurns.letOthersGoFirst(at: path)
        guard linux_lock(file.rawValue, Int64(patience / .milliseconds(1))) != 0 else { return }
        let code = Errno(rawValue: errno)
        guard code == .wouldBlock else { throw FileError(.failed(.lock, code), at: path) }
        throw FileError(.busy(holder: holder(of: file)), at: path)
    }

    private borrowing func write(_ holder: String) throws {
        try file.resize(to: 0)
        _ = try file.writeAll(toAbsoluteOffset: 0, LockHolder.current(holder).encoded.utf8)
    }

    /// What the holder says about itself. Nil where the words are somebody's who is gone: the holder has yet to write.
    private static func holder(of file: FileDescriptor) -> String? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 512) { room, count in
            count = (try? unsafe file.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(room))) ?? 0
        }
        return LockHolder(bytes).flatMap { $0.isAlive ? $0.words : nil }
    }

    deinit {
        try? file.resize(to: 0)
        // Closing alone would leave it to a child that was forked meanwhile and has yet to become its program.
        flock(file.rawValue, LOCK_UN)
        LockTurns.noteRelease(of: path)
        try? file.close()
    }
}

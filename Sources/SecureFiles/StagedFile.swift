import CLinux
import Glibc
package import SystemPackage

/// A file that is being written beside its final place, and gets its name whole or not at all.
///
/// Write, look at `temporary` if something is to be proved first, then `commit`. An owner that goes without
/// committing takes the temporary file with it.
package struct StagedFile: ~Copyable {
    /// Where the finished file will be.
    package let path: FilePath
    /// Where it is now: in the same folder, so that the rename cannot cross file systems.
    package let temporary: FilePath
    private let file: FileDescriptor
    private var isPending = true

    /// - Parameter mode: permission bits, set whatever the umask says. Nil lets the umask decide, as a result that
    ///   others must read should. With a mode, what killed writers of `path` have left is removed too.
    package init(for path: FilePath, mode: FilePermissions?) throws(FileError) {
        if mode != nil { Self.sweep(beside: path) }
        var temporary: FilePath
        var file: FileDescriptor
        while true {
            let mark = String(UInt64.random(in: .min ... .max), radix: 36)
            temporary = path.removingLastComponent().appending("\(Self.prefix(for: path))\(mark).tmp")
            file = try Self.make(temporary, for: path, mode: mode)
            if Self.hold(file) { break }
            try? file.close()
        }
        (self.path, self.temporary, self.file) = (path, temporary, file)
    }

    /// A name may be as long as the file system allows, and the temporary one is longer: a part of it has to do.
    private static func prefix(for path: FilePath) -> String {
        ".\(String((path.lastComponent?.string ?? "").unicodeScalars.prefix(40)))."
    }

    private static func make(
        _ temporary: FilePath, for path: FilePath, mode: FilePermissions?
    ) throws(FileError) -> FileDescriptor {
        do {
            let file = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: mode ?? FilePermissions(rawValue: 0o666)
            )
            guard let mode, uninterrupted({ fchmod(file.rawValue, mode.rawValue) }) != 0 else { return file }
            let code = Errno(rawValue: errno)
            try? file.close()
            _ = unsafe unlink(temporary.string)
            throw code
        } catch {
            throw FileError(.failed(.open, error as? Errno ?? .ioError), at: path)
        }
    }

    /// Marks a temporary file as one that somebody writes; false when a sweep was quicker. Where the file system has no
    /// such locks, nothing is ever swept.
    private static func hold(_ file: FileDescriptor) -> Bool {
        if uninterrupted({ flock(file.rawValue, LOCK_EX | LOCK_NB) }) != 0, errno == EWOULDBLOCK { return false }
        return (try? file.stat())?.linkCount != 0
    }

    /// Removes what writers that were killed have left beside `path`. Those that still write are not disturbed.
    package static func sweep(beside path: FilePath) { for file in leftovers(beside: path) { removeAbandoned(file) } }

    /// The temporary files of `path` that are there: of writers that were killed, or still write.
    package static func leftovers(beside path: FilePath) -> [FilePath] {
        let prefix = prefix(for: path)
        let folder = path.removingLastComponent()
        guard let stream = unsafe opendir(folder.isEmpty ? "." : folder.string) else { return [] }
        defer { unsafe _ = closedir(stream) }
        var found: [FilePath] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            // A dot in between would make it another file's, such as `vault.qbv.old` beside `vault.qbv`.
            guard name.hasPrefix(prefix), name.hasSuffix(".tmp"),
                !name.dropFirst(prefix.count).dropLast(4).contains(".")
            else { continue }
            found.append(folder.appending(name))
        }
        return found
    }

    private static func removeAbandoned(_ temporary: FilePath) {
        let options: FileDescriptor.OpenOptions = [.noFollow, .closeOnExec, .nonBlocking]
        guard let file = try? FileDescriptor.open(temporary, .readWrite, options: options) else { return }
        // The lock goes with its holder, however that ends.
        if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 { _ = unsafe unlink(temporary.string) }
        try? file.close()
    }

    /// Appends `bytes`.
    package borrowing func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
        let problem: Errno? = unsafe bytes.withUnsafeBufferPointer { buffer in
            do { _ = try unsafe file.writeAll(buffer) } catch { return error as? Errno ?? .ioError }
            return nil
        }
        if let problem { throw FileError(.failed(.write, problem), at: path) }
    }

    /// Forces what was written onto the disk, so that it can be opened and proved by its temporary name.
    package borrowing func synchronize() throws(FileError) {
        guard uninterrupted({ fsync(file.rawValue) }) == 0 else { throw failure(.write) }
    }

    /// Synchronizes, gives the file its name, and makes the name durable.
    ///
    /// - Throws: `.failed(.makeDurable, _)` once the file is in its place, and anything else before.
    package consuming func commit(replacing: Bool = true) throws(FileError) {
        try synchronize()
        if replacing { try rename() } else { try renameToFreeName() }
        isPending = false
        try Folder.synchronize(path.removingLastComponent())
    }

    private borrowing func rename() throws(FileError) {
        guard unsafe withNames({ unsafe Glibc.rename($0, $1) }) == 0 else { throw failure(.rename) }
    }

    private borrowing func renameToFreeName() throws(FileError) {
        if unsafe withNames({ unsafe linux_rename_to_free_name($0, $1) }) == 0 { return }
        if errno == EEXIST { throw FileError(.exists, at: path) }
        // Some file systems (FUSE) know no RENAME_NOREPLACE: a look beforehand is the best that is left there.
        guard errno == EINVAL else { throw failure(.rename) }
        if (try? path.stat(followTargetSymlink: false)) != nil { throw FileError(.exists, at: path) }
        try rename()
    }

    /// Both names as the system has them: they need not be text.
    private borrowing func withNames(
        _ body: (UnsafePointer<CInterop.PlatformChar>, UnsafePointer<CInterop.PlatformChar>) -> CInt
    ) -> CInt {
        unsafe temporary.withPlatformString { from in unsafe path.withPlatformString { unsafe body(from, $0) } }
    }

    private borrowing func failure(_ operation: FileError.Operation) -> FileError {
        FileError(.failed(operation, Errno(rawValue: errno)), at: path)
    }

    deinit {
        try? file.close()
        if isPending { _ = unsafe temporary.withPlatformString { unsafe unlink($0) } }
    }
}

import Glibc
package import Secrets
package import SystemPackage

/// A folder of this process's own (0700) with files of secrets (0600), there for as long as its owner is.
///
/// One that was left because its process was killed is removed when the next is made in the same place.
package struct PassingFolder: ~Copyable {
    package let path: FilePath
    /// Open and locked: a sign that the folder is in use. Programs that are started do not get it.
    private let file: FileDescriptor
    private var files: [FilePath] = []

    /// - Parameters:
    ///   - parent: a folder in which others cannot rename it.
    ///   - prefix: what its name begins with. Folders with this beginning are taken for such ones.
    package init(in parent: FilePath, named prefix: String) throws(FileError) {
        Self.sweep(parent, prefix)
        while true {
            let path = parent.appending(prefix + String(UInt64.random(in: .min ... .max), radix: 36))
            guard unsafe path.withPlatformString({ unsafe mkdir($0, 0o700) }) == 0 else {
                throw FileError(.failed(.makeFolder, Errno(rawValue: errno)), at: path)
            }
            // The umask may have taken from the owner too.
            _ = unsafe path.withPlatformString { name in uninterrupted { unsafe chmod(name, 0o700) } }
            // Nil when a sweep was quicker.
            guard let file = Self.hold(path) else { continue }
            (self.path, self.file) = (path, file)
            return
        }
    }

    /// Writes a part of `secret` into a file of that name.
    package mutating func write(
        _ range: Range<Int>, of secret: borrowing Secret, as name: String
    ) throws(FileError) -> FilePath {
        let path = path.appending(name)
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: .ownerReadWrite)
        } catch { throw FileError(opening: path, failed: error) }
        files.append(path)
        defer { try? file.close() }
        _ = uninterrupted { fchmod(file.rawValue, 0o600) }
        let problem: Errno? = unsafe secret.withUnsafeBytes { bytes in
            do {
                let part = unsafe UnsafeRawBufferPointer(start: bytes + range.lowerBound, count: range.count)
                _ = try unsafe file.writeAll(part)
            } catch { return error as? Errno ?? .ioError }
            return nil
        }
        if let problem { throw FileError(.failed(.write, problem), at: path) }
        return path
    }

    /// Removes it here and now.
    package consuming func remove() {}

    /// A lock on a folder that is still there; nil where another has it, or has removed the folder.
    private static func hold(_ path: FilePath) -> FileDescriptor? {
        let options: FileDescriptor.OpenOptions = [.directory, .noFollow, .closeOnExec]
        guard let file = try? FileDescriptor.open(path, .readOnly, options: options) else { return nil }
        if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0, let stat = try? file.stat(), stat.linkCount > 0,
            UInt32(stat.userID.rawValue) == geteuid()
        {
            return file
        }
        try? file.close()
        return nil
    }

    private static func sweep(_ parent: FilePath, _ prefix: String) {
        for path in entries(of: parent) where path.lastComponent?.string.hasPrefix(prefix) == true {
            guard let file = hold(path) else { continue }
            for entry in entries(of: path) { _ = unsafe entry.withPlatformString { unsafe unlink($0) } }
            _ = unsafe path.withPlatformString { unsafe rmdir($0) }
            try? file.close()
        }
    }

    private static func entries(of folder: FilePath) -> [FilePath] {
        guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else { return [] }
        defer { unsafe _ = closedir(stream) }
        var found: [FilePath] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { found.append(folder.appending(name)) }
        }
        return found
    }

    deinit {
        for path in files { _ = unsafe path.withPlatformString { unsafe unlink($0) } }
        _ = unsafe path.withPlatformString { unsafe rmdir($0) }
        try? file.close()
    }
}

import Glibc
package import Secrets
package import SystemPackage

/// Reading whole small files, checked on the opened descriptor.
package enum FileReading {
    /// The bytes of a file, straight into guarded memory.
    ///
    /// - Parameter limit: the most bytes it may hold.
    package static func secret(at path: FilePath, rule: FileRule, limit: Int) throws(FileError) -> Secret {
        let file = try open(path, rule: rule)
        defer { try? file.close() }
        return try secret(from: file, named: path, limit: limit)
    }

    /// Everything that a descriptor (a pipe, standard input, a file) still has, straight into guarded memory.
    package static func secret(
        from file: FileDescriptor, named path: FilePath, limit: Int
    ) throws(FileError) -> Secret {
        try Secret(capacity: limit + 1) { out throws(FileError) in
            try unsafe out.withUnsafeMutableBytes { room, used throws(FileError) in
                used = try unsafe fill(room, from: file, named: path)
            }
        }.refused(over: limit, at: path)
    }

    /// The same of a descriptor that somebody hands over: a file that others can write to is refused. A pipe has no name.
    package static func suppliedSecret(
        from file: FileDescriptor, named path: FilePath, limit: Int
    ) throws(FileError) -> Secret {
        let found: Stat
        do { found = try file.stat() } catch { throw FileError(.failed(.open, error), at: path) }
        let mode = UInt16(found.permissions.rawValue & 0o777)
        if found.type == .regular, mode & 0o022 != 0 { throw FileError(.unsafe(.writable(mode)), at: path) }
        return try secret(from: file, named: path, limit: limit)
    }

    /// The bytes of a file that holds no secret.
    package static func bytes(at path: FilePath, rule: FileRule, limit: Int) throws(FileError) -> [UInt8] {
        let file = try open(path, rule: rule)
        defer { try? file.close() }
        return try bytes(from: file, named: path, limit: limit)
    }

    /// Everything that a descriptor (a pipe, standard input, a file) still has, where that is no secret.
    package static func bytes(
        from file: FileDescriptor, named path: FilePath, limit: Int
    ) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        // One more than the file has, so that its end is seen in the first round.
        var room = min(limit, max(4096, Int(clamping: (try? file.stat())?.size ?? 0))) + 1
        while true {
            let next = try part(of: file, named: path, room: room)
            bytes = bytes.isEmpty ? next : bytes + next
            guard bytes.count <= limit else { throw FileError(.tooLarge(limit: limit), at: path) }
            if next.count < room { return bytes }
            room = min(bytes.count, limit + 1 - bytes.count)
        }
    }

    private static func part(
        of file: FileDescriptor, named path: FilePath, room: Int
    ) throws(FileError) -> [UInt8] {
        var problem: FileError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { room, count in
            do throws(FileError) {
                count = try unsafe fill(UnsafeMutableRawBufferPointer(room), from: file, named: path)
            } catch { problem = error }
        }
        if let problem { throw problem }
        return bytes
    }

    /// The first bytes of a file that nobody but the system writes.
    static func start(of path: FilePath, count: Int) throws(FileError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            defer { try? file.close() }
            return try unsafe [UInt8](unsafeUninitializedCapacity: count) { room, used in
                used = try unsafe file.read(into: UnsafeMutableRawBufferPointer(room))
            }
        } catch { throw FileError(opening: path, failed: error) }
    }

    /// The bytes of a file that nobody but the system writes, such as those below `/proc`.
    package static func systemFile(at path: FilePath, limit: Int) throws(FileError) -> [UInt8] {
        let file: FileDescriptor
        do { file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking]) } catch {
            throw FileError(opening: path, failed: error)
        }
        defer { try? file.close() }
        let bytes = try part(of: file, named: path, room: limit + 1)
        guard bytes.count <= limit else { throw FileError(.tooLarge(limit: limit), at: path) }
        return bytes
    }

    private static func open(_ path: FilePath, rule: FileRule) throws(FileError) -> FileDescriptor {
        try rule.checkKind(of: path)
        let file: FileDescriptor
        do { file = try FileDescriptor.open(path, .readOnly, options: rule.openOptions) } catch {
            throw FileError(opening: path, failed: error)
        }
        do {
            if let unsafety = rule.check(try file.stat()) { throw FileError(.unsafe(unsafety), at: path) }
        } catch {
            try? file.close()
            throw (error as? FileError) ?? FileError(.failed(.open, error as? Errno ?? .ioError), at: path)
        }
        return file
    }

    static func fill(
        _ room: UnsafeMutableRawBufferPointer, from file: FileDescriptor, named path: FilePath
    ) throws(FileError) -> Int {
        var used = 0
        while used < room.count {
            let count: Int
            do { count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[used...])) } catch {
                throw FileError(.failed(.read, error as? Errno ?? .ioError), at: path)
            }
            if count == 0 { break }
            used += count
        }
        return used
    }
}

extension Secret {
    fileprivate consuming func refused(over limit: Int, at path: FilePath) throws(FileError) -> Secret {
        guard count <= limit else { throw FileError(.tooLarge(limit: limit), at: path) }
        return self
    }
}

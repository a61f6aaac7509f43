package import SystemPackage

extension StagedFile {
    /// Appends what the file at `source` holds, however much that is. It must be this user's alone.
    package borrowing func write(contentsOf source: FilePath) throws(FileError) {
        try FileRule.strict.checkKind(of: source)
        let file: FileDescriptor
        do { file = try FileDescriptor.open(source, .readOnly, options: FileRule.strict.openOptions) } catch {
            throw FileError(opening: source, failed: error)
        }
        defer { try? file.close() }
        do {
            if let unsafety = FileRule.strict.check(try file.stat()) { throw FileError(.unsafe(unsafety), at: source) }
        } catch {
            throw (error as? FileError) ?? FileError(.failed(.open, error as? Errno ?? .ioError), at: source)
        }
        try write(contentsOf: file, named: source)
    }

    /// Appends what is left to read of `file`, which is called `name` in errors.
    package borrowing func write(contentsOf file: FileDescriptor, named name: FilePath) throws(FileError) {
        while true {
            let part = try Self.part(of: file, named: name)
            if part.isEmpty { return }
            try write(part.span)
        }
    }

    private static func part(of file: FileDescriptor, named path: FilePath) throws(FileError) -> [UInt8] {
        do {
            return try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 20) { room, count in
                count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(room))
            }
        } catch { throw FileError(.failed(.read, error as? Errno ?? .ioError), at: path) }
    }
}

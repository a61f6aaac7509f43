import SystemPackage

extension ScratchFolder {
    /// A file of `size` zeros that takes no room, and takes a server its time.
    func sparseFile(_ name: String, size: Int64) throws -> FilePath {
        let path = path.appending(name)
        let file = try FileDescriptor.open(path, .writeOnly, options: .create, permissions: .ownerReadWrite)
        defer { try? file.close() }
        try file.resize(to: size)
        return path
    }
}

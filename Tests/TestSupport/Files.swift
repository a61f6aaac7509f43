package import SystemPackage

/// What tests do to files behind the program's back.
package enum Files {
    package static func bytes(_ path: FilePath) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly)
        defer { try? file.close() }
        let count = Int(try file.stat().size)
        return try unsafe [UInt8](unsafeUninitializedCapacity: count) { room, used in
            used = try unsafe file.read(into: UnsafeMutableRawBufferPointer(room))
        }
    }

    /// Replaces the content; a new file is closed to others.
    package static func write(_ bytes: [UInt8], to path: FilePath) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite]
        )
        defer { try? file.close() }
        _ = try file.writeAll(bytes)
    }

    package static func write(_ text: String, to path: FilePath) throws { try write(Array(text.utf8), to: path) }
}

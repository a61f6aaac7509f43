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

    /// Of a file whose size nobody tells, such as those below `/proc`.
    package static func bytesToTheEnd(of path: FilePath) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly)
        defer { try? file.close() }
        var all: [UInt8] = []
        while true {
            let part = try unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { room, used in
                used = try unsafe file.read(into: UnsafeMutableRawBufferPointer(room))
            }
            if part.isEmpty { return all }
            all += part
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

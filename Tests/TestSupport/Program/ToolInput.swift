package import Secrets
import SystemPackage

/// What a child process reads from its standard input: at most 64 KiB, which a pipe takes without a reader.
package struct ToolInput: Sendable {
    /// The end that the child reads from.
    let descriptor: FileDescriptor

    /// Nothing: the end of the input at once.
    package static func nothing() throws -> ToolInput {
        ToolInput(descriptor: try FileDescriptor.open(FilePath("/dev/null"), .readOnly, options: [.closeOnExec]))
    }

    package static func text(_ text: String) throws -> ToolInput { try bytes(Array(text.utf8)) }

    package static func bytes(_ bytes: [UInt8]) throws -> ToolInput {
        try unsafe bytes.withUnsafeBytes { try unsafe ToolInput(piping: $0) }
    }

    /// The bytes of a secret, from guarded memory straight into the pipe.
    package static func secret(_ secret: borrowing Secret) throws -> ToolInput {
        try unsafe secret.withUnsafeBytes {
            try unsafe ToolInput(piping: UnsafeRawBufferPointer(start: $0, count: secret.count))
        }
    }

    private init(piping bytes: UnsafeRawBufferPointer) throws {
        precondition(bytes.count <= 65_536, "a pipe would not take it all before somebody reads")
        let pipe = try FileDescriptor.pipe(options: [.closeOnExec])
        try pipe.writeEnd.closeAfter { _ = try unsafe pipe.writeEnd.writeAll(bytes) }
        descriptor = pipe.readEnd
    }

    private init(descriptor: FileDescriptor) { self.descriptor = descriptor }
}

import Secrets
import Subprocess
import TestSupport
import Testing

/// The other opinion on what ciphers answer: Python's hashlib, and libsodium through PyNaCl.
enum Python {
    /// The bytes that each expression gives.
    static func bytes(_ expressions: String...) async throws -> [[UInt8]] {
        let script = """
            import hashlib, nacl.bindings as sodium
            for value in [\(expressions.joined(separator: ",\n"))]: print(value.hex())
            """
        let run = try await ToolRun.succeeding(.path(TestPython.path), ["-c", script])
        return try run.text.split(separator: "\n").map { line in try #require([UInt8](hex: String(line))) }
    }
}

extension [UInt8] {
    /// These bytes as Python writes them.
    var python: String { "bytes.fromhex('\(hex)')" }
}

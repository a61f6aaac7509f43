import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The other opinion on what ciphers answer: Python's hashlib, and libsodium through PyNaCl.
enum Python {
    /// The bytes that each expression gives.
    static func bytes(_ expressions: String...) async throws -> [[UInt8]] {
        let python = try #require(
            unsafe getenv("QBITVAULT_TEST_PYTHON").map { unsafe String(cString: $0) },
            "QBITVAULT_TEST_PYTHON must name a Python that has PyNaCl"
        )
        let script = """
            import hashlib, nacl.bindings as sodium
            for value in [\(expressions.joined(separator: ",\n"))]: print(value.hex())
            """
        let run = try await ToolRun.succeeding(.path(FilePath(python)), ["-c", script])
        return try run.text.split(separator: "\n").map { line in try #require([UInt8](hex: String(line))) }
    }
}

extension [UInt8] {
    /// These bytes as Python writes them.
    var python: String { "bytes.fromhex('\(hex)')" }
}

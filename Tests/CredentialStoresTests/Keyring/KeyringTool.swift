import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What a program that was run in a keyring's environment answered.
struct KeyringAnswer {
    let status: Int32
    let output: [UInt8]
    let errors: [String]

    var lines: [String] { String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init) }
}

extension [String: String] {
    /// Runs `KeyringProbe` in this environment.
    func probe(_ words: String..., input: [UInt8] = []) async throws -> KeyringAnswer {
        try await probe(words, input: input)
    }

    func probe(_ words: [String], input: [UInt8]) async throws -> KeyringAnswer {
        let beside = FilePath(CommandLine.arguments[0]).removingLastComponent()
        return try await call(.path(beside.appending("KeyringProbe")), words, input)
    }

    /// Runs `secret-tool`, the other opinion, on the item QBIT_PASSWORD of the default server.
    func secretTool(_ words: String..., input: [UInt8] = []) async throws -> KeyringAnswer {
        let item = ["service", "qbitvault", "server", "default", "name", "QBIT_PASSWORD"]
        return try await call(.name("secret-tool"), words + item, input)
    }

    private func call(_ program: Executable, _ words: [String], _ input: [UInt8]) async throws -> KeyringAnswer {
        let result = try await run(
            program,
            arguments: Arguments(words),
            environment: .custom(asEnvironment),
            input: .array(input),
            output: .bytes(limit: 1 << 20),
            error: .string(limit: 65_536)
        )
        guard case .exited(let status) = result.terminationStatus else {
            Issue.record("\(words.first ?? "") was killed: \(result.terminationStatus)")
            return KeyringAnswer(status: -1, output: [], errors: [])
        }
        return KeyringAnswer(
            status: status,
            output: result.standardOutput,
            errors: result.standardError.split(separator: "\n").map(String.init)
        )
    }
}

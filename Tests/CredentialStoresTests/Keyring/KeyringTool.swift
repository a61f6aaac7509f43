import Subprocess
import SystemPackage
import TestSupport

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
        // A program that ends before it reads its input must not end the tests: a pipe is filled beforehand.
        let run = try await ToolRun.of(program, words, input: .bytes(input), environment: .custom(asEnvironment))
        return KeyringAnswer(
            status: run.status, output: run.output, errors: run.error.split(separator: "\n").map(String.init)
        )
    }
}

extension KeyringSession {
    /// The environment with somebody there, who has so many milliseconds for a dialog.
    func withSomebody(_ milliseconds: Int) -> [String: String] {
        environment.merging(["PROBE_PERSON": "\(milliseconds)"]) { $1 }
    }
}

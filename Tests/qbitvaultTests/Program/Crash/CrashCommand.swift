import Secrets
import SystemPackage
import Testing

@testable import qbitvault

/// A command that writes, and what it finds.
struct CrashCommand: CustomTestStringConvertible, Sendable {
    let name: String
    let words: @Sendable (CrashScene) -> [String]
    /// What it reads from standard input.
    var input: @Sendable (CrashScene) -> [UInt8] = { _ in [] }
    /// Done to the vault beforehand, which holds one password and is opened by one key file. Nil: there is no vault.
    var prepare: (@Sendable (CrashScene) async throws -> Void)? = { _ in }
    /// How it ends when it is said once more, and was done before.
    let again: ExitStatus
    /// Whether other hosts have to be told of the change, which is a new identity to them.
    var replacesIdentity = false

    var testDescription: String { name }

    static let all = [
        CrashCommand(
            name: "credential set", words: { _ in ["credential", "set", "QBIT_PASSWORD", "--stdin"] },
            input: { $0.value.bytes }, again: .done),
        CrashCommand(
            name: "credential delete", words: { _ in ["credential", "delete", "QBIT_PASSWORD"] },
            again: .credentialNotFound),
        CrashCommand(
            name: "vault init", words: { ["vault", "init", "--key-file", $0.key.string] }, prepare: nil,
            again: .resultCannotBeWritten),
    ]
}

extension Secret {
    /// For a pipe.
    fileprivate var bytes: [UInt8] { withBytes { bytes in bytes.indices.map { bytes[$0] } } }
}

import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A command that writes, and what it finds.
struct CrashCommand: CustomTestStringConvertible, Sendable {
    let name: String
    let words: @Sendable (CrashScene) -> [String]
    /// What it reads from standard input.
    var input: (@Sendable (CrashScene) -> [UInt8])?
    /// Done to the vault beforehand, which holds one password and is opened by one key file. Nil: there is no vault.
    var prepare: (@Sendable (CrashScene) async throws -> Void)? = { _ in }
    /// How it ends when it is said once more, and was done before.
    let again: ExitStatus
    /// Whether other hosts have to be told of the change, which is a new identity to them.
    var replacesIdentity = false
    /// Whether everything happens to it at every call. It goes the way of others that all happens to, where it does not:
    /// what it reads fails, too, and the rest happens where it changes something.
    var isThorough = true
    /// What else is wrong, with the vault as it was (false) or changed (true).
    var fault: @Sendable (CrashScene, _ isDone: Bool) -> String? = { _, _ in nil }

    var testDescription: String { name }

    func isMeant(_ call: FileCall, _ fault: FileFault) -> Bool {
        isThorough || call.changes || fault == .inputOutputError
    }

    static let all = [
        CrashCommand(
            name: "credential set", words: { _ in ["credential", "set", "QBIT_PASSWORD", "--stdin"] },
            input: { $0.value.bytes }, again: .done),
        CrashCommand(
            name: "credential delete", words: { _ in ["credential", "delete", "QBIT_PASSWORD"] },
            again: .credentialNotFound),
        CrashCommand(
            name: "rotate vault-key", words: { _ in ["rotate", "vault-key"] }, again: .done,
            fault: { scene, isDone in scene.oldCopies(isDone: isDone) }),
        CrashCommand(
            name: "rotate vault-key --new-identity", words: { _ in ["rotate", "vault-key", "--new-identity"] },
            again: .done, replacesIdentity: true, isThorough: false,
            fault: { scene, isDone in scene.oldCopies(isDone: isDone) }),
        CrashCommand(
            name: "vault slot add", words: { _ in ["vault", "slot", "add", "--recovery", "--name", "paper"] },
            again: .usage, isThorough: false),
        CrashCommand(
            name: "vault slot remove", words: { _ in ["vault", "slot", "remove", "paper", "--yes"] },
            prepare: { try $0.addSlot() }, again: .usage, replacesIdentity: true, isThorough: false,
            fault: { scene, isDone in scene.oldCopies(isDone: isDone) }),
        CrashCommand(
            name: "vault resolve", words: { _ in ["vault", "resolve", "--mine", "QBIT_PASSWORD"] },
            prepare: { try $0.changeApart() }, again: .done, isThorough: false),
        CrashCommand(
            name: "credential import", words: { ["credential", "import", $0.plainText.string, "--delete"] },
            prepare: { try Files.write("TRACKER=".utf8 + $0.value.bytes, to: $0.plainText) },
            again: .secretSourceFailed, isThorough: false,
            fault: { scene, isDone in
                let isThere = (try? scene.plainText.stat()) != nil
                return isThere || isDone ? nil : "the file is gone, and the vault does not have it"
            }),
        CrashCommand(
            name: "vault init", words: { ["vault", "init", "--key-file", $0.key.string] }, prepare: nil,
            again: .resultCannotBeWritten, isThorough: false),
    ]
}

extension Secret {
    /// For a pipe.
    fileprivate var bytes: [UInt8] { withBytes { bytes in bytes.indices.map { bytes[$0] } } }
}

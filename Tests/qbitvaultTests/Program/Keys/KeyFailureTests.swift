import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A place that is there and has no sound key: an error with its own status.
@Suite(.timeLimit(.minutes(5))) struct KeyFailureTests {
    struct Failure: Sendable, CustomTestStringConvertible {
        let status: ExitStatus
        let testDescription: String
        let give: @Sendable (KeyHome) throws -> GivenKey

        init(_ status: ExitStatus, _ name: String, _ give: @escaping @Sendable (KeyHome) throws -> GivenKey) {
            self.status = status
            testDescription = name
            self.give = give
        }

        /// A command line of `--passphrase-command`.
        static func command(_ status: ExitStatus, _ line: String) -> Failure {
            Failure(status, line) { _ in GivenKey(words: ["--passphrase-command", line]) }
        }

        static func words(_ words: String...) -> Failure {
            Failure(.usage, words.joined(separator: " ")) { _ in GivenKey(words: words) }
        }
    }

    static let failures = files + commands + uses

    private static let files = [
        Failure(.secretSourceFailed, "a key file that is not there") { _ in
            GivenKey(environment: ["QBITVAULT_KEY_FILE": "/nonexistent/key"])
        },
        Failure(.secretSourceFailed, "a passphrase file that is not there") { _ in
            GivenKey(environment: ["QBITVAULT_PASSPHRASE_FILE": "/nonexistent/passphrase"])
        },
        Failure(.secretSourceFailed, "a key file that is too long") { keys in
            let file = keys.scene.home.path.appending("long")
            try keys.scene.write([UInt8](repeating: 7, count: 33), to: file)
            return try KeyPlace.keyDescriptor.give(file, in: keys)
        },
        Failure(.secretSourceFailed, "a passphrase of nothing but a newline") { keys in
            let file = keys.scene.home.path.appending("newline")
            try keys.scene.write(Array("\r\n".utf8), to: file)
            return try KeyPlace.passphraseVariable.give(file, in: keys)
        },
        Failure(.secretSourceFailed, "a passphrase file of more than 64 KiB") { keys in
            let file = keys.scene.home.path.appending("long")
            try keys.scene.write([UInt8](repeating: 65, count: 65_537), to: file)
            return try KeyPlace.passphraseDescriptor.give(file, in: keys)
        },
        Failure(.secretSourceFailed, "a descriptor that is not open") { _ in GivenKey(words: ["--key-fd", "9"]) },
        Failure(.secretSourceFailed, "a folder that supplies both") { keys in
            let folder = keys.scene.home.path.appending("credentials")
            try Files.makeFolder(folder)
            for (name, file) in [("qbitvault.key", keys.key), ("qbitvault.passphrase", keys.passphrase)] {
                try keys.scene.write(Files.bytes(file), to: folder.appending(name))
            }
            return GivenKey(environment: ["CREDENTIALS_DIRECTORY": folder.string])
        },
        Failure(.secretSourceFailed, "a supplied name that leads nowhere") { keys in
            let shell = "mount -t tmpfs none /run; mkdir /run/secrets; ln -s nowhere /run/secrets/qbitvault.key"
            return try GivenKey(shell: [shell]) + KeyPlace.usual.right(in: keys)
        },
        Failure(.unsafePermissions, "a supplied key that others can write to") { keys in
            let given = try KeyPlace.systemd.right(in: keys)
            try Files.setMode(keys.scene.home.path.appending("credentials/qbitvault.key"), 0o666)
            return given
        },
        Failure(.unsafePermissions, "a descriptor of a file that others can write to") { keys in
            try Files.setMode(keys.passphrase, 0o622)
            return try KeyPlace.passphraseDescriptor.right(in: keys)
        },
        Failure(.unsafePermissions, "a key file that others can read") { keys in
            try Files.setMode(keys.key, 0o644)
            return try KeyPlace.keyVariable.right(in: keys)
        },
        Failure(.vaultCannotBeOpened, "another passphrase") { _ in
            GivenKey(words: ["--passphrase-command", "echo another"])
        },
        Failure(.vaultCannotBeOpened, "two newlines, of which one belongs to the passphrase") { keys in
            try keys.scene.write(Files.bytes(keys.passphrase) + [UInt8(ascii: "\n")], to: keys.passphrase)
            return try KeyPlace.passphraseVariable.right(in: keys)
        },
    ]

    private static let commands = [
        Failure.command(.secretSourceFailed, "false"), .command(.secretSourceFailed, "/nonexistent/program"),
        .command(.secretSourceFailed, "true"), .command(.secretSourceFailed, "yes"),
        .command(.secretSourceFailed, "sh -c 'echo right; exit 3'"),
        .command(.secretSourceFailed, "sh -c 'kill -9 $$'"),
        .command(.vaultCannotBeOpened, "echo $(true) | cat"),
        Failure(.secretSourceTimedOut, "a command that does not end") { _ in
            GivenKey(words: ["--passphrase-command", "sleep 60"], settings: ["command_timeout: 0.2"])
        },
        Failure(.secretSourceTimedOut, "a command that prints and does not end") { keys in
            GivenKey(
                words: ["--passphrase-command", "sh -c 'cat \"$0\"; exec sleep 60 >&-' '\(keys.passphrase)'"],
                settings: ["command_timeout: 0.5"])
        },
        Failure(.configuration, "a command in one line") { _ in GivenKey(settings: ["passphrase_command: pass show x"])
        },
        Failure(.configuration, "no command") { _ in GivenKey(settings: ["passphrase_command: []"]) },
        Failure(.configuration, "a command from the environment") { _ in
            GivenKey(environment: ["QBITVAULT_PASSPHRASE_COMMAND": "[cat, x]"])
        },
    ]

    private static let uses = [
        Failure.words("--key-fd", "7", "--key-fd", "8"), .words("--key-fd", "7", "--passphrase-fd", "8"),
        .words("--passphrase-fd", "7", "--passphrase-command", "true"),
        .words("--passphrase-command", "true", "--passphrase-command", "true"),
        .words("--key-fd", "1"), .words("--passphrase-fd", "2"), .words("--key-fd=-1"), .words("--key-fd", "x"),
        .words("--passphrase-command", " "), .words("--passphrase-command", "'"), .words("--passphrase-command", "a\\"),
        .words("--passphrase-command", "'' x"),
    ]

    @Test(arguments: failures)
    func aFailureHasItsStatusAndNobodyElseIsAsked(_ failure: Failure) async throws {
        try await KeyHome.with { keys in
            var given = try failure.give(keys)
            // Where a weaker place would open the vault.
            if !given.environment.keys.contains("QBITVAULT_KEY_FILE") { _ = try KeyPlace.recorded.right(in: keys) }
            given.words += ["--no-input"]
            let run = try await keys.open(given)
            try run.expectProblem(failure.status)
            try keys.scene.expectNoLeak(in: run)
        }
    }

    @Test func standardInputHoldsOneSecret() async throws {
        try await KeyHome.with { keys in
            let shell = ["exec 0<'\(keys.key)'"]
            let opened = try await keys.open(GivenKey(words: ["--key-fd", "0"], shell: shell))
            #expect(opened.status == 0, "\(opened.error)")
            let set = try await keys.open(
                GivenKey(words: ["--key-fd", "0"], shell: shell), ["credential", "set", "TRACKER", "--stdin"])
            try set.expectProblem(.usage)
            #expect(set.error.contains("--key-fd"))
        }
    }

    @Test func aTerminalIsNoDescriptorToReadASecretFrom() async throws {
        try await KeyHome.with { keys in
            let dialogue = try Dialogue(keys.scene, ["credential", "list", "--passphrase-fd", "0"])
            #expect(try await dialogue.end(keys.scene) == ExitStatus.usage.rawValue)
            #expect(try dialogue.screen.contains("is a terminal"))
        }
    }

    @Test func aConfigurationThatWasMerelyFoundRunsNothing() async throws {
        try await KeyHome.with { keys in
            let folder = keys.scene.home.path.appending("cloned/config")
            try Files.makeFolder(folder)
            let text = "credentials: {passphrase_command: [cat, '\(keys.passphrase)']}\n"
            try Files.write(text, to: folder.appending("config.yaml"))
            let words = ["credential", "list"]
            let run = try await keys.scene.run(words, in: folder.removingLastComponent())
            try run.expectProblem(.configuration)
            #expect(run.error.contains("credentials.passphrase_command names a program to run"))
            let named = try await keys.scene.run(
                words + ["--config", "config/config.yaml"], in: folder.removingLastComponent())
            #expect(named.status == 0, "\(named.error)")
        }
    }
}

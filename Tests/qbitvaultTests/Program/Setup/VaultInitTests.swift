import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `vault init`, and what opens the vault afterwards.
@Suite(.timeLimit(.minutes(2))) struct VaultInitTests {
    @Test func aPassphraseFromStandardInputOpensItFromAFile() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let passphrase = scene.newSecret()
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: passphrase.copy())
            var environment = try scene.passphrase(passphrase)
            let value = scene.newSecret()
            try await scene.succeed(
                ["credential", "set", "TRACKER", "--stdin"], input: value.copy(), environment: environment)
            let read = try await home.run(["credential", "get", "TRACKER"], environment: environment)
            let same = Secret(copying: read.output) == value
            #expect(same)
            // One newline at the end, as editors leave it, is not a part of it; a second one is.
            let file = FilePath(try #require(environment["QBITVAULT_PASSPHRASE_FILE"]))
            for (end, status) in [("\n", ExitStatus.done), ("\n\n", .vaultCannotBeOpened)] {
                try scene.write(Array(((passphrase.text ?? "") + end).utf8), to: file)
                environment["QBITVAULT_PASSPHRASE_FILE"] = file.string
                let run = try await home.run(["credential", "list"], environment: environment)
                #expect(run.status == status.rawValue)
            }
        }
    }

    @Test func aKeyFileIsMadeOnceAndKept() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let key = try Files.bytes(scene.keyFile)
            #expect(key.count == 32)
            #expect(try Files.mode(scene.keyFile) == 0o600)
            let second = home.path.appending("second.qbv")
            try await scene.succeed(
                ["vault", "init", "--key-file", scene.keyFile.string], environment: ["QBITVAULT_VAULT": second.string])
            #expect(try Files.bytes(scene.keyFile) == key)
        }
    }

    @Test func aSecondVaultInItsPlaceIsRefusedAndNoKeyIsMade() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let before = try Files.snapshot(home.path)
            let key = home.path.appending("another.key")
            let run = try await scene.run(["vault", "init", "--key-file", key.string])
            try run.expectProblem(.resultCannotBeWritten)
            #expect(try Files.snapshot(home.path) == before)
        }
    }

    @Test func statusTellsTheSlotsAndNeedsNoKey() async throws {
        struct Told: Decodable {
            struct Slot: Decodable { let kind: String }
            let path: String
            let generation: Int
            let slots: [Slot]
        }
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            try Files.remove(scene.keyFile)
            let told: Told = try await scene.succeeding(["vault", "status"])
            #expect(told.path == scene.vault.string)
            #expect(told.generation == 2)
            #expect(told.slots.map(\.kind) == ["key file"])
        }
    }
}

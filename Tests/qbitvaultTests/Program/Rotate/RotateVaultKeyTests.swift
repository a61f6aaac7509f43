import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `rotate vault-key` through the program.
@Suite struct RotateVaultKeyTests {
    @Test(arguments: [false, true]) func aKeyFileGoesOnOpeningIt(replacesIdentity: Bool) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let value = scene.newSecret()
            try await scene.succeed(["vault", "init", "--key-file", home.path.appending("key").string])
            try await scene.succeed(["credential", "set", "TRACKER", "--stdin"], input: value.copy())
            let before = try await fingerprint(home)
            let words = ["rotate", "vault-key", "--json"] + (replacesIdentity ? ["--new-identity"] : [])
            let run = try await home.run(words)
            #expect(run.status == 0)
            let told = try JSONDecoder().decode(Rotated.self, from: Data(run.output))
            #expect(told.identityReplaced == replacesIdentity)
            #expect((told.fingerprint == before) == !replacesIdentity)
            #expect(try await fingerprint(home) == told.fingerprint)
            #expect(told.slots == ["key-file"])
            #expect(told.generation == 3)
            let read = try await home.run(["credential", "get", "TRACKER"])
            let isHeld = Secret(copying: read.output) == value
            #expect(isHeld)
            try scene.expectNoLeak(in: run)
        }
    }

    @Test func aNewPassphraseTakesTheOldOnesPlace() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let old = scene.newSecret()
            let new = scene.newSecret()
            let value = scene.newSecret()
            let (oldFile, newFile) = (home.path.appending("old"), home.path.appending("new"))
            try scene.write(old.bytes, to: oldFile)
            try scene.write(new.bytes, to: newFile)
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: old.copy())
            let byOld = ["QBITVAULT_PASSPHRASE_FILE": oldFile.string]
            let byNew = ["QBITVAULT_PASSPHRASE_FILE": newFile.string]
            try await scene.succeed(
                ["credential", "set", "TRACKER", "--stdin"], input: value.copy(), environment: byOld)
            let run = try await scene.run(
                ["rotate", "vault-key", "--new-passphrase-stdin", "--cost", "interactive"], input: new.copy(),
                environment: byOld)
            #expect(run.status == 0)
            try scene.expectNoLeak(in: run)
            let refused = try await scene.run(["credential", "list"], environment: byOld)
            #expect(refused.status == ExitStatus.vaultCannotBeOpened.rawValue)
            let read = try await home.run(["credential", "get", "TRACKER"], environment: byNew)
            let isHeld = Secret(copying: read.output) == value
            #expect(isHeld)
        }
    }

    @Test func whatIsNotClearIsRefused() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", home.path.appending("key").string])
            let before = try Files.snapshot(home.path)
            for words in [
                ["--cost", "interactive"], ["--cost", "cheap"], ["--slot", "key-file"],
                ["--new-passphrase", "--new-passphrase-stdin"], ["--new-passphrase-stdin", "--slot", "none"],
            ] {
                let run = try await scene.run(["rotate", "vault-key"] + words, input: Secret.madeUp())
                #expect(run.status == ExitStatus.usage.rawValue, "\(words): \(run.error)")
            }
            #expect(try Files.snapshot(home.path) == before)
        }
    }

    private func fingerprint(_ home: TestHome) async throws -> String {
        let run = try await home.run(["vault", "status", "--json"])
        return try JSONDecoder().decode(Status.self, from: Data(run.output)).fingerprint
    }

    private struct Status: Decodable {
        let fingerprint: String
    }

    private struct Rotated: Decodable {
        let fingerprint: String
        let identityReplaced: Bool
        let generation: UInt64
        let slots: [String]
    }
}

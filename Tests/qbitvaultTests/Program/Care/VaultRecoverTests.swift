import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `vault recover`: whatever became of the file in place, the newest sound copy is written in its stead.
@Suite(.timeLimit(.minutes(2))) struct VaultRecoverTests {
    struct Report: Decodable {
        let from: String
        let copyGeneration: Int
        let generation: Int?
        let missingWrites: Int
        let kept: String?

        private enum CodingKeys: String, CodingKey {
            case from, generation, kept
            case copyGeneration = "copy_generation"
            case missingWrites = "missing_writes"
        }
    }

    @Test func aDamagedVaultComesBackWithoutALoss() async throws {
        try await CareScene.with { care in
            var harmed = try Files.bytes(care.vault)
            harmed[harmed.count / 2] ^= 1
            for (number, bytes) in [harmed, [], Array(harmed.dropLast(3))].enumerated() {
                try Files.write(bytes, to: care.vault)
                let refused = try await care.scene.run(["credential", "list"])
                try refused.expectProblem(.vaultDamaged)
                #expect(refused.error.contains("qbitvault vault recover"))
                let report: Report = try await care.scene.succeeding(["vault", "recover"])
                #expect(try report.from == care.ownCopy.string)
                #expect(report.missingWrites == 0)
                #expect(report.copyGeneration == 3 + number && report.generation == 4 + number)
                let kept = FilePath("\(care.vault).damaged" + (number == 0 ? "" : ".\(number)"))
                #expect(report.kept == kept.string)
                #expect(try Files.bytes(kept) == bytes)
                #expect(try Files.mode(kept) == 0o600 && Files.mode(care.vault) == 0o600)
                #expect(try await care.entries() == 2)
            }
        }
    }

    @Test func aLargeWreckIsKeptWhole() async throws {
        try await CareScene.with { care in
            let wreck = [UInt8](repeating: 7, count: 18 << 20)
            try Files.write(wreck, to: care.vault)
            let report: Report = try await care.scene.succeeding(["vault", "recover"])
            let isSame = try Files.bytes(FilePath(report.kept ?? "")) == wreck
            #expect(isSame)
            #expect(try await care.entries() == 2)
        }
    }

    @Test func aMissingVaultAndARolledBackOneComeBack() async throws {
        try await CareScene.with { care in
            try Files.remove(care.vault)
            let missing: Report = try await care.scene.succeeding(["vault", "recover"])
            #expect(missing.missingWrites == 0 && missing.kept == nil)
            #expect(try await care.entries() == 2)
            try Files.write(care.history[0], to: care.vault)
            let older: Report = try await care.scene.succeeding(["vault", "recover"])
            #expect(older.missingWrites == 0 && older.kept != nil)
            #expect(try await care.entries() == 2)
        }
    }

    /// Whoever has seen any of the files that were there takes the new one for a newer one.
    @Test func everyHostTakesTheNewOne() async throws {
        try await CareScene.with { care in
            let state = care.scene.home.path.appending("second-state").string
            let second = ["STATE_DIRECTORY": state, "QBITVAULT_KEY_FILE": care.scene.keyFile.string]
            let words = ["credential", "list"]
            let value = care.scene.newSecret()
            try await care.scene.succeed(["credential", "set", "OTHER", "--stdin"], input: value, environment: second)
            #expect(try await care.entries() == 3)
            try Files.write([1], to: care.vault)
            // The last write was the other host's, so that this one's own copy lacks it.
            let refused = try await care.scene.run(["vault", "recover"])
            try refused.expectProblem(.usage)
            #expect(refused.error.contains("1 write that this machine has seen would be lost"))
            #expect(try Files.bytes(care.vault) == [1])
            let report: Report = try await care.scene.succeeding(["vault", "recover", "--yes"])
            #expect(report.missingWrites == 1)
            #expect(try await care.entries() == 2)
            let seen = try await care.scene.run(words, environment: second)
            #expect(seen.status == 0, "\(seen.error)")
            try await care.scene.succeed(
                ["credential", "set", "OTHER", "--stdin"], input: care.scene.newSecret(), environment: second)
            #expect(try await care.entries() == 3)
        }
    }

    @Test func withoutTheOwnCopyTheOneBeforeTheLastChangeIsTaken() async throws {
        try await CareScene.with { care in
            try Files.remove(care.ownCopy)
            try Files.write([1, 2, 3], to: care.vault)
            let report: Report = try await care.scene.succeeding(["vault", "recover", "--yes"])
            #expect(report.from == care.previous.string)
            #expect(report.missingWrites == 1)
            #expect(try await care.entries() == 1)
        }
    }

    @Test func whatIsSoundAndNotOlderIsAskedAbout() async throws {
        try await CareScene.with { care in
            let backup = care.scene.home.path.appending("backup")
            try care.scene.write(care.history[1], to: backup, mode: 0o644)
            let before = try Files.bytes(care.vault)
            let words = ["vault", "recover", "--from", backup.string]
            try await care.scene.run(words).expectProblem(.usage)
            #expect(try Files.bytes(care.vault) == before)
            let no = try Dialogue(care.scene, words)
            try await no.expect("sound and not older")
            try await no.answer("Write it in the vault's place? [y/N]", "")
            #expect(try await no.end(care.scene) == ExitStatus.usage.rawValue)
            #expect(try Files.bytes(care.vault) == before)
            let yes = try Dialogue(care.scene, words)
            try await yes.expect("1 write that this machine has seen would be lost")
            try await yes.answer("Write it in the vault's place? [y/N]", "y")
            #expect(try await yes.end(care.scene) == 0)
            #expect(try yes.screen.contains("1 write lost"))
            #expect(try await care.entries() == 1)
            #expect(try Files.bytes(FilePath("\(care.vault).damaged")) == before)
        }
    }

    @Test func anotherIdentityIsRefused() async throws {
        try await CareScene.with { care in
            let backup = care.scene.home.path.appending("backup")
            try care.scene.write(try await care.foreignVault(), to: backup)
            try Files.write([1], to: care.vault)
            let run = try await care.scene.run(["vault", "recover", "--yes", "--from", backup.string])
            try run.expectProblem(.vaultRolledBack)
            #expect(run.error.contains("another identity") && run.error.contains("vault trust"))
            #expect(try Files.bytes(care.vault) == [1])

            // In place, it might be the vault that was re-keyed elsewhere.
            try Files.write(try Files.bytes(backup), to: care.vault)
            let asked = try await care.scene.run(["vault", "recover"])
            try asked.expectProblem(.usage)
            #expect(asked.error.contains("re-keyed elsewhere"))
            let report: Report = try await care.scene.succeeding(["vault", "recover", "--yes"])
            #expect(try report.from == care.ownCopy.string)
            #expect(try await care.entries() == 2)
        }
    }

    @Test func withNothingSoundEachIsNamed() async throws {
        try await CareScene.with { care in
            try Files.write([1], to: care.vault)
            try Files.setMode(care.previous, 0o644)
            try Files.remove(care.ownCopy)
            let pin = try Files.bytes(care.pin)
            let run = try await care.scene.run(["vault", "recover", "--yes"])
            try run.expectProblem(.vaultDamaged)
            for words in ["not there", "open to others", "damaged (truncated)"] { #expect(run.error.contains(words)) }
            #expect(try Files.bytes(care.vault) == [1])
            #expect(try Files.bytes(care.pin) == pin)
            let missing = try await care.scene.run(["vault", "recover", "--from", "nowhere"])
            try missing.expectProblem(.vaultDamaged)
        }
    }

    @Test func whatIsSoundIsLeftAlone() async throws {
        try await CareScene.with { care in
            let before = try Files.snapshot(care.scene.home.path)
            let report: Report = try await care.scene.succeeding(["vault", "recover"])
            #expect(report.generation == nil)
            #expect(try Files.snapshot(care.scene.home.path) == before)
            try Files.setMode(care.vault, 0o640)
            try await care.scene.run(["vault", "recover"]).expectProblem(.unsafePermissions)
        }
    }

    /// Without what was remembered, this machine's own copy tells which identity is the right one.
    @Test func aDamagedPinIsAskedAboutAndMadeAnew() async throws {
        try await CareScene.with { care in
            try Files.write("{", to: care.pin)
            try Files.remove(care.vault)
            try await care.scene.run(["vault", "recover"]).expectProblem(.usage)
            let report: Report = try await care.scene.succeeding(["vault", "recover", "--yes"])
            #expect(report.missingWrites == 0)
            #expect(try await care.entries() == 2)
        }
    }

    @Test func anotherKeyOpensNothing() async throws {
        try await CareScene.with { care in
            try Files.write([1], to: care.vault)
            try Files.write((0..<32).map { _ in UInt8.random(in: .min ... .max) }, to: care.scene.keyFile)
            try await care.scene.run(["vault", "recover"]).expectProblem(.vaultCannotBeOpened)
            #expect(try Files.bytes(care.vault) == [1])
            #expect(try !Files.names(in: care.vault.removingLastComponent()).contains("vault.qbv.damaged"))
        }
    }
}

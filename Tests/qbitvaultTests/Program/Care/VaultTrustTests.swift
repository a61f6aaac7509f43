import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `vault trust`: what is in the vault's place is believed from now on.
@Suite(.timeLimit(.minutes(2))) struct VaultTrustTests {
    struct Report: Decodable {
        let fingerprint: String
        let finding: String
        let missingWrites: Int
        let knownFingerprint: String?
        let removed: [String]
        let unmerged: [String]?

        private enum CodingKeys: String, CodingKey {
            case fingerprint, finding, removed, unmerged
            case missingWrites = "missing_writes"
            case knownFingerprint = "known_fingerprint"
        }
    }

    @Test func anOlderFileIsTrustedByItsFingerprint() async throws {
        try await CareScene.with { care in
            let fingerprint = try await care.fingerprint()
            try Files.write(care.history[0], to: care.vault)
            let refused = try await care.scene.run(["credential", "list"])
            try refused.expectProblem(.vaultRolledBack)
            #expect(refused.error.contains("qbitvault vault trust") && refused.error.contains("vault recover"))

            // As people copy it.
            let spelled = fingerprint.uppercased().enumerated().reduce(into: "") { text, digit in
                text += (digit.offset > 0 && digit.offset.isMultiple(of: 4) ? ": " : "") + String(digit.element)
            }
            // The right identity does not make it the newest file.
            let unsaid = try await care.scene.run(["vault", "trust", "--fingerprint", spelled])
            try unsaid.expectProblem(.vaultRolledBack)
            #expect(unsaid.error.contains("--older"))
            #expect(try await care.refusal() == ExitStatus.vaultRolledBack.rawValue)
            let report: Report = try await care.scene.succeeding(
                ["vault", "trust", "--fingerprint", spelled, "--older"])
            #expect(report.finding == "older")
            #expect(report.missingWrites == 2)
            #expect(report.fingerprint == fingerprint)
            #expect(report.removed == [])
            #expect(try await care.entries() == 0)
            // What only this machine has is put aside, and how it comes back is told.
            let aside = try #require(report.unmerged?.first)
            #expect(report.unmerged?.count == 1)
            let verified = try await care.scene.run(["vault", "verify"])
            #expect(verified.text.contains("put aside"))
            try await care.scene.succeed(["vault", "recover", "--from", aside, "--yes"])
            #expect(try await care.entries() == 2)
        }
    }

    @Test func anotherFingerprintChangesNothing() async throws {
        try await CareScene.with { care in
            let other = try await care.foreignVault()
            let fingerprint = try await care.fingerprint()
            try Files.write(other, to: care.vault)
            let before = try Files.snapshot(care.scene.home.path)
            let run = try await care.scene.run(["vault", "trust", "--fingerprint", fingerprint])
            try run.expectProblem(.vaultRolledBack)
            #expect(try Files.snapshot(care.scene.home.path) == before)
            #expect(try await care.refusal() == ExitStatus.vaultRolledBack.rawValue)
        }
    }

    @Test func withoutAPersonTheFingerprintMustBeNamed() async throws {
        try await CareScene.with { care in
            let fingerprint = try await care.fingerprint()
            try Files.write(care.history[1], to: care.vault)
            let run = try await care.scene.run(["vault", "trust"])
            try run.expectProblem(.usage)
            #expect(run.error.contains(fingerprint) && run.error.contains("vault status"))
            #expect(try await care.refusal() == ExitStatus.vaultRolledBack.rawValue)
            for word in ["abcd", fingerprint + "00", "zz" + fingerprint.dropFirst(2)] {
                let bad = try await care.scene.run(["vault", "trust", "--fingerprint", word])
                try bad.expectProblem(.usage)
            }
        }
    }

    /// A copy under the old key must not outlive the old identity.
    @Test func trustingAnotherIdentityRemovesTheCopiesOfTheOldOne() async throws {
        try await CareScene.with { care in
            let other = try await care.foreignVault()
            let before = try await care.fingerprint()
            let (own, previous) = (try care.ownCopy, care.previous)
            try Files.write(other, to: care.vault)
            let refused = try await care.scene.run(["vault", "trust"])
            try refused.expectProblem(.usage)
            let fingerprint = try #require(
                refused.error.split(whereSeparator: { " .".contains($0) }).first { $0.count == 64 }.map(String.init))
            #expect(fingerprint != before)
            let report: Report = try await care.scene.succeeding(["vault", "trust", "--fingerprint", fingerprint])
            #expect(report.finding == "other identity")
            #expect(report.knownFingerprint == before)
            #expect(Set(report.removed) == [own.string, previous.string])
            #expect((try? own.stat()) == nil && (try? previous.stat()) == nil)
            #expect(try await care.fingerprint() == fingerprint)
            #expect(try await care.entries() == 0)
        }
    }

    @Test func aDamagedPinIsReplaced() async throws {
        try await CareScene.with { care in
            let fingerprint = try await care.fingerprint()
            for damage in ["{", String(repeating: "x", count: 70_000)] {
                try Files.write(damage, to: care.pin)
                let refused = try await care.scene.run(["credential", "list"])
                try refused.expectProblem(.vaultDamaged)
                #expect(refused.error.contains("qbitvault vault trust"))
                let report: Report = try await care.scene.succeeding(["vault", "trust", "--fingerprint", fingerprint])
                #expect(report.finding == "memory damaged")
                #expect(try await care.entries() == 2)
            }
        }
    }

    @Test func aDamagedFileIsNotTrusted() async throws {
        try await CareScene.with { care in
            let fingerprint = try await care.fingerprint()
            let pin = try Files.bytes(care.pin)
            var bytes = care.history[0]
            bytes[bytes.count - 1] ^= 1
            try Files.write(bytes, to: care.vault)
            try await care.scene.run(["vault", "trust", "--fingerprint", fingerprint]).expectProblem(.vaultDamaged)
            #expect(try Files.bytes(care.pin) == pin)
            try Files.remove(care.vault)
            try await care.scene.run(["vault", "trust", "--fingerprint", fingerprint])
                .expectProblem(.credentialNotFound)
        }
    }

    @Test func whatIsKnownNeedsNoAnswer() async throws {
        try await CareScene.with { care in
            let pin = try Files.bytes(care.pin)
            let report: Report = try await care.scene.succeeding(["vault", "trust"])
            #expect(report.finding == "known")
            #expect(try Files.bytes(care.pin) == pin)
        }
    }

    @Test func atATerminalItIsShownAndAsked() async throws {
        try await CareScene.with { care in
            let known = try await care.fingerprint()
            try Files.write(care.history[1], to: care.vault)
            let no = try Dialogue(care.scene, ["vault", "trust"])
            try await no.expect("OLDER than what this machine has seen: 1 write missing")
            try await no.expect("slot key-file: key file")
            try await no.answer("Trust this file from now on? [y/N]", "")
            #expect(try await no.end(care.scene) == ExitStatus.vaultRolledBack.rawValue)
            #expect(try await care.refusal() == ExitStatus.vaultRolledBack.rawValue)

            try Files.write(try await care.foreignVault(), to: care.vault)
            let yes = try Dialogue(care.scene, ["vault", "trust"])
            try await yes.expect("known to this machine is: \(known)")
            try await yes.expect("ANOTHER IDENTITY")
            try await yes.answer("Trust this file from now on? [y/N]", "y")
            #expect(try await yes.end(care.scene) == 0)
            #expect(try await care.entries() == 0)
            #expect(try await care.fingerprint() != known)
        }
    }
}

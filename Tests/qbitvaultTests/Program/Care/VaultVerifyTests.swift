import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `vault verify`: a line for each thing that can be looked at, and the status of the first that failed.
@Suite(.timeLimit(.minutes(2))) struct VaultVerifyTests {
    struct Report: Decodable {
        let sound: Bool
        let entries: Int?
        let generation: Int?
        let checks: [Row]

        struct Row: Decodable, Equatable {
            let check: String
            let result: String
            let detail: String
            let status: Int32?
            let next: String?
        }

        func results(_ check: String) -> [String] { checks.filter { $0.check == check }.map(\.result) }
        var warnings: [String] { checks.filter { $0.result == "warning" }.map(\.check) }
        var failures: [String] { checks.filter { $0.result == "failed" }.map(\.check) }
    }

    @Test func aSoundVaultIsSoundAllOver() async throws {
        try await CareScene.with { care in
            let before = try Files.snapshot(care.scene.home.path)
            let report: Report = try await care.scene.succeeding(["vault", "verify"])
            #expect(report.sound && report.entries == 2 && report.generation == 3)
            #expect(report.warnings == [] && report.failures == [])
            for check in ["signature", "memory", "slot", "decryption", "identity", "index", "values", "leftovers"] {
                #expect(report.results(check) == ["ok"], "\(check)")
            }
            #expect(report.results("copy") == ["ok", "ok"])
            #expect(report.results("permissions").count == 7)
            #expect(try Files.snapshot(care.scene.home.path) == before)
            let words = try await care.scene.home.run(["vault", "verify"])
            #expect(words.status == 0 && words.error.isEmpty)
            #expect(words.text.split(separator: "\n").count == report.checks.count)
        }
    }

    @Test func damageIsFoundWithoutAKeyAndTheCopiesAreLookedAt() async throws {
        try await CareScene.with { care in
            var bytes = try Files.bytes(care.vault)
            bytes[200] ^= 1
            try Files.write(bytes, to: care.vault)
            let run = try await care.scene.run(["vault", "verify"])
            #expect(run.status == ExitStatus.vaultDamaged.rawValue)
            let report: Report = try run.document()
            #expect(!report.sound && report.failures == ["signature"])
            #expect(report.checks.first { $0.check == "signature" }?.status == ExitStatus.vaultDamaged.rawValue)
            #expect(report.checks.first { $0.check == "signature" }?.next?.contains("vault recover") == true)
            #expect(report.results("slot") == [])
            #expect(report.results("copy") == ["ok", "ok"])
            #expect(run.error.contains("damaged (signature)"))
        }
    }

    @Test func theMemoryIsAskedAndAForgedFileGetsNoKey() async throws {
        try await CareScene.with { care in
            let other = try await care.foreignVault()
            try Files.write(care.history[0], to: care.vault)
            let older = try await care.scene.run(["vault", "verify"])
            #expect(older.status == ExitStatus.vaultRolledBack.rawValue)
            let rolledBack: Report = try older.document()
            #expect(rolledBack.failures == ["memory"] && rolledBack.results("values") == ["ok"])
            #expect(rolledBack.results("copy") == ["warning", "warning"], "they have more")

            try Files.write(other, to: care.vault)
            let forged = try await care.scene.run(["vault", "verify"])
            #expect(forged.status == ExitStatus.vaultRolledBack.rawValue)
            let report: Report = try forged.document()
            #expect(report.failures == ["memory"] && report.results("slot") == [])

            try Files.write("{", to: care.pin)
            let damaged = try await care.scene.run(["vault", "verify"])
            #expect(damaged.status == ExitStatus.vaultDamaged.rawValue)
            try Files.remove(care.pin)
            let unknown: Report = try await care.scene.succeeding(["vault", "verify"])
            #expect(unknown.results("memory") == ["warning"])
            #expect(
                try !Files.names(in: care.scene.home.state.appending("qbitvault/pins")).contains {
                    $0.hasSuffix("json")
                })
        }
    }

    @Test func aWrongKeyOpensNoSlot() async throws {
        try await CareScene.with { care in
            try Files.write((0..<32).map { _ in UInt8.random(in: .min ... .max) }, to: care.scene.keyFile)
            let run = try await care.scene.run(["vault", "verify"])
            #expect(run.status == ExitStatus.vaultCannotBeOpened.rawValue)
            let report: Report = try run.document()
            #expect(report.failures == ["slot"] && report.results("decryption") == [])
        }
    }

    /// The vault's own come first, a folder before what is in it.
    @Test func permissionsAreFailuresForTheVaultAndWarningsForCopies() async throws {
        try await CareScene.with { care in
            for file in [care.vault, FilePath("\(care.vault).lock"), try care.pin] {
                try Files.setMode(file, 0o640)
                let run = try await care.scene.run(["vault", "verify"])
                #expect(run.status == ExitStatus.unsafePermissions.rawValue)
                let report: Report = try run.document()
                #expect(report.failures.first == "permissions")
                try Files.setMode(file, 0o600)
            }
            try Files.setMode(care.vault.removingLastComponent(), 0o777)
            #expect(
                try await care.scene.run(["vault", "verify"]).status == ExitStatus.unsafePermissions.rawValue)
            try Files.setMode(care.vault.removingLastComponent(), 0o700)
            try Files.setMode(care.previous, 0o644)
            let report: Report = try await care.scene.succeeding(["vault", "verify"])
            #expect(report.warnings == ["copy"])
        }
    }

    @Test func copiesAndLeftoversAreWarnedOf() async throws {
        try await CareScene.with { care in
            try Files.write(try await care.foreignVault(), to: care.previous)
            try Files.write([1, 2], to: care.ownCopy)
            let left = care.vault.removingLastComponent().appending(".vault.qbv.1a2b.tmp")
            try Files.write("x", to: left)
            let report: Report = try await care.scene.succeeding(["vault", "verify"])
            try #require(report.warnings == ["copy", "copy", "leftovers"])
            let details = report.checks.filter { $0.result == "warning" }.map(\.detail)
            #expect(details[0].contains("damaged (truncated)"))
            #expect(details[1].contains("another identity"))
            #expect(details[2].contains(left.string))
            #expect((try? left.stat()) != nil)
        }
    }

    /// A re-key removes them; one that came back is told of.
    @Test func aCopyUnderAnEarlierKeyIsWarnedOf() async throws {
        try await CareScene.with { care in
            try await care.scene.succeed(["rotate", "vault-key"])
            try Files.write(care.history[2], to: care.previous)
            let report: Report = try await care.scene.succeeding(["vault", "verify"])
            #expect(report.warnings == ["copy"])
            #expect(report.checks.first { $0.result == "warning" }?.detail.contains("earlier data key") == true)
        }
    }

    @Test func aBackupIsLookedAtAndNothingIsPinned() async throws {
        try await CareScene.with { care in
            let backup = care.scene.home.path.appending("backup")
            let words = ["vault", "verify", backup.string]
            let pin = try Files.bytes(care.pin)
            try care.scene.write(care.history[1], to: backup)
            let older: Report = try await care.scene.succeeding(words)
            #expect(older.sound && older.entries == 1 && older.warnings == ["memory"])
            try Files.setMode(backup, 0o644)
            let open: Report = try await care.scene.succeeding(words)
            #expect(open.warnings == ["permissions", "memory"])
            try care.scene.write(try await care.foreignVault(), to: backup)
            #expect(try await care.scene.run(words).status == ExitStatus.vaultRolledBack.rawValue)
            try care.scene.write([1], to: backup)
            #expect(try await care.scene.run(words).status == ExitStatus.vaultDamaged.rawValue)
            try Files.remove(backup)
            #expect(try await care.scene.run(words).status == ExitStatus.credentialNotFound.rawValue)
            #expect(try Files.bytes(care.pin) == pin)

            // On a machine that has never seen it.
            try care.scene.write(care.history[1], to: backup)
            let state = care.scene.home.path.appending("other-state")
            let fresh: Report = try await care.scene.succeeding(
                words,
                environment: ["STATE_DIRECTORY": state.string, "QBITVAULT_KEY_FILE": care.scene.keyFile.string])
            #expect(fresh.warnings == ["memory"])
            #expect((try? state.stat()) == nil)
        }
    }
}

import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores
@testable import qbitvault

/// What `vault status` tells without a key.
@Suite(.timeLimit(.minutes(2))) struct VaultStatusTests {
    @Test func slotsAndWhatTheyCostAreTold() async throws {
        try await KeyHome.with { keys in
            let before: ToldStatus = try await keys.scene.succeeding(["vault", "status"])
            #expect(before.path == keys.scene.vault.string)
            #expect(before.size == (try Files.bytes(keys.scene.vault).count) && before.generation == 3)
            #expect(before.fingerprint.count == 64)
            #expect(before.pinned)
            #expect(before.slots.map(\.name) == ["key-file", "passphrase"])
            #expect(before.slots.map(\.kind) == ["key file", "passphrase"])
            #expect(before.slots.map(\.lastUsed) != [nil, nil])
            #expect(before.slots.last?.lastUsed == nil)
            #expect(before.slots.first?.milliseconds == nil && before.slots.last?.milliseconds != nil)
            #expect(before.slots.last?.memory == 8192 && before.slots.last?.passes == 1)
            #expect(before.keySource == nil)

            let run = try await keys.open(KeyPlace.passphraseVariable.right(in: keys))
            #expect(run.status == 0)
            let given = try KeyPlace.keyVariable.right(in: keys)
            let after: ToldStatus = try await keys.scene.succeeding(
                ["vault", "status"], environment: given.environment)
            #expect(after.slots.last?.lastUsed != nil)
            #expect(after.keySource == "QBITVAULT_KEY_FILE")
        }
    }

    @Test func anotherHostHasNotSeenItYet() async throws {
        try await KeyHome.with { keys in
            let other = ["XDG_STATE_HOME": keys.scene.home.path.appending("other").string]
            let told: ToldStatus = try await keys.scene.succeeding(["vault", "status"], environment: other)
            #expect(!told.pinned && told.slots.allSatisfy { $0.lastUsed == nil })
            // Looking is not seeing.
            let again: ToldStatus = try await keys.scene.succeeding(["vault", "status"], environment: other)
            #expect(!again.pinned)
        }
    }

    /// A passphrase of the usual cost takes long enough to be seen.
    @Test func theUsualCostIsMeasured() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: scene.newSecret())
            let told: ToldStatus = try await scene.succeeding(["vault", "status"])
            let slot = try #require(told.slots.first)
            #expect(slot.memory == 256 << 20 && slot.passes == 3)
            #expect((slot.milliseconds ?? 0) > 20)
            #expect(told.codes.contains("only_one_slot"))
            #expect(!told.codes.contains("no_slot_for_a_person") && !told.codes.contains("cheap_passphrase"))
            let text = try await home.run(["vault", "status"]).text
            #expect(text.contains("256 MiB × 3, ") && text.contains(" ms here\n"))
        }
    }

    @Test func aSoundVaultGivesNoWarningOfItsOwn() async throws {
        try await KeyHome.with { keys in
            let codes = try await codes(keys)
            #expect(codes == ["cheap_passphrase"])
        }
    }

    @Test func whatIsToBeWorriedAboutIsSaid() async throws {
        try await KeyHome.with(.key) { keys in
            #expect(try await codes(keys) == ["only_one_slot", "no_slot_for_a_person"])

            // A key file beside the vault, wherever its name comes from.
            let beside = keys.scene.vault.removingLastComponent().appending("vault.key")
            try keys.scene.write(Files.bytes(keys.key), to: beside)
            let given = ["QBITVAULT_KEY_FILE": beside.string]
            #expect(try await codes(keys, given) == ["key_file_beside_vault", "only_one_slot", "no_slot_for_a_person"])
            try Files.setMode(beside, 0o644)
            #expect(try await codes(keys, given).contains("unsafe_permissions"))

            // The file before the last change.
            let previous = FilePath(keys.scene.vault.string + ".prev")
            try Files.setMode(previous, 0o640)
            #expect(try await codes(keys).contains("unsafe_permissions"))
            let other = keys.scene.home.path.appending("other.qbv")
            try await keys.scene.succeed(
                ["vault", "init", "--key-file", keys.key.string], environment: ["QBITVAULT_VAULT": other.string])
            try keys.scene.write(Files.bytes(other), to: previous)
            #expect(try await codes(keys).contains("previous_of_another_identity"))
        }
    }

    /// As in a container, or on a machine whose home is in memory.
    @Test func aStateFolderThatDoesNotLastIsSaid() async throws {
        try await KeyHome.with { keys in
            let shell = "mkdir state/inner; mount -t tmpfs none state/inner"
            let run = try await keys.scene.run(
                ["vault", "status"], environment: ["XDG_STATE_HOME": keys.scene.home.state.appending("inner").string],
                by: GivenKey(shell: [shell]).starter)
            let told: ToldStatus = try run.document()
            #expect(told.codes.contains("fleeting_state"))
        }
    }

    /// In the order of strength, with what each place says, and whether or not any has a key.
    @Test func explainTellsEveryPlace() async throws {
        try await KeyHome.with { keys in
            let names = KeyPlace.allCases.map(\.rawValue) + ["this host's key", "a person at the terminal"]
            let none: ToldKeys = try await explained(keys, GivenKey())
            #expect(none.places.map(\.source) == names)
            #expect(Set(none.places.map(\.verdict)) == ["not_set", "absent"])

            let given = try KeyPlace.keyVariable.right(in: keys) + KeyPlace.passphraseVariable.right(in: keys)
            let used = try await explained(keys, given)
            #expect(used["QBITVAULT_KEY_FILE"]?.verdict == "opens" && used["QBITVAULT_KEY_FILE"]?.slot == "key-file")
            #expect(used["QBITVAULT_PASSPHRASE_FILE"]?.verdict == "not_reached")
            #expect(used["--key-fd"]?.verdict == "not_set")

            let failed = try await explained(
                keys, KeyPlace.passphraseDescriptor.failing(in: keys) + KeyPlace.usual.right(in: keys))
            #expect(failed["--passphrase-fd"]?.verdict == "fails" && failed["--passphrase-fd"]?.error?.status == 19)
            #expect(failed["the usual key file"]?.verdict == "not_reached")

            let wrong = try await explained(keys, GivenKey(words: ["--passphrase-command", "echo wrong"]))
            #expect(wrong["--passphrase-command"]?.error?.status == 11)
            let text = try await keys.scene.home.run(["vault", "status", "--explain"]).text
            #expect(text.contains("\n  the usual key file"))
        }
    }

    @Test func explainAsksNobody() async throws {
        try await KeyHome.with { keys in
            let dialogue = try Dialogue(keys.scene, ["vault", "status", "--explain"])
            #expect(try await dialogue.end(keys.scene) == 0)
            #expect(try dialogue.screen.contains("would be asked for the passphrase"))
            #expect(try !dialogue.screen.contains("Passphrase of the vault"))
        }
    }

    private func explained(_ keys: KeyHome, _ given: GivenKey) async throws -> ToldKeys {
        let run = try await keys.open(given, ["vault", "status", "--explain"])
        #expect(run.status == 0, "\(run.error)")
        try keys.scene.expectNoLeak(in: run)
        return try run.document()
    }

    /// Of its warnings, but for the one about where tests run.
    private func codes(_ keys: KeyHome, _ environment: [String: String] = [:]) async throws -> Set<String> {
        let told: ToldStatus = try await keys.scene.succeeding(["vault", "status"], environment: environment)
        return Set(told.codes).subtracting(["fleeting_state"])
    }
}

/// The document of `vault status`.
private struct ToldStatus: Decodable {
    struct Slot: Decodable {
        let name: String
        let kind: String
        let created: UInt64
        let lastUsed: UInt64?
        let memory: UInt64?
        let passes: UInt32?
        let milliseconds: Int?

        private enum CodingKeys: String, CodingKey {
            case name, kind, created, lastUsed = "last_used", memory, passes, milliseconds
        }
    }

    struct Warning: Decodable { let code: String, what: String }

    let path: String
    let fingerprint: String
    let generation: UInt64
    let size: Int
    let pinned: Bool
    let keySource: String?
    let slots: [Slot]
    let warnings: [Warning]

    private enum CodingKeys: String, CodingKey {
        case path, fingerprint, generation, size, pinned, keySource = "key_source", slots, warnings
    }

    var codes: [String] { warnings.map(\.code) }
}

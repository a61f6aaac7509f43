import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores
@testable import qbitvault

/// Who is asked for the vault's key, before whom.
@Suite(.timeLimit(.minutes(5))) struct KeyOrderTests {
    @Test(arguments: KeyPlace.allCases)
    func eachPlaceAloneOpensTheVault(_ place: KeyPlace) async throws {
        try await KeyHome.with { keys in
            let run = try await keys.open(try place.right(in: keys))
            #expect(run.status == 0, "\(run.error)")
            try keys.scene.expectNoLeak(in: run)
        }
    }

    /// The stronger of each two is used where it is right, and where it fails nobody else is asked.
    @Test(arguments: KeyPlace.allCases)
    func theStrongerPlaceDecides(_ stronger: KeyPlace) async throws {
        let weaker = KeyPlace.allCases.filter {
            $0 != stronger && stronger <= $0 && !($0.isOption && stronger.isOption)
        }
        for weaker in weaker {
            try await KeyHome.with { keys in
                let run = try await keys.open(try stronger.right(in: keys) + weaker.failing(in: keys))
                #expect(run.status == 0, "\(stronger) and \(weaker): \(run.error)")
            }
            try await KeyHome.with { keys in
                let run = try await keys.open(try stronger.failing(in: keys) + weaker.right(in: keys))
                try run.expectProblem(.secretSourceFailed)
                let told: ToldProblem = try run.document()
                #expect(
                    told.place?.contains(stronger.place(in: keys)) == true, "\(stronger) and \(weaker): \(run.error)")
            }
        }
    }

    @Test func noPlaceHasOneAndNobodyIsThere() async throws {
        try await KeyHome.with { keys in try await keys.open(GivenKey()).expectProblem(.vaultCannotBeOpened) }
    }

    /// It was not named by anybody, so its absence is no failure; but it is told.
    @Test func aKeyFileOnRecordThatIsGoneIsPassedOver() async throws {
        try await KeyHome.with { keys in
            let gone = try KeyPlace.recorded.give(FilePath("/nonexistent/key"), in: keys)
            try await keys.open(gone).expectProblem(.vaultCannotBeOpened)
            let explained = try await keys.open(gone, ["vault", "status", "--explain"])
            #expect(String(decoding: explained.output, as: UTF8.self).contains("/nonexistent/key"))
            #expect(try await keys.open(gone + KeyPlace.usual.right(in: keys)).status == 0)
        }
    }

    @Test func aPersonIsAskedLast() async throws {
        try await KeyHome.with { keys in
            let dialogue = try Dialogue(keys.scene, ["credential", "list"])
            let text = try Files.bytes(keys.passphrase).dropLast()
            try await dialogue.answer("Passphrase of the vault: ", hidden: Secret(copying: text))
            #expect(try await dialogue.end(keys.scene) == 0)

            for words in [["--no-input"], ["--passphrase-command", "false"]] {
                let silent = try Dialogue(keys.scene, ["credential", "list"] + words)
                let expected: ExitStatus = words.count == 1 ? .vaultCannotBeOpened : .secretSourceFailed
                #expect(try await silent.end(keys.scene) == expected.rawValue)
                #expect(try !silent.screen.contains("Passphrase"))
            }
        }
    }

    // What lies in a usual place and that nobody has named.

    @Test func aUsualKeyFileIsPassedOverWhereTheVaultHasNoSlotForOne() async throws {
        try await KeyHome.with(.passphrase) { keys in
            for place in [KeyPlace.usual, .recorded] { _ = try place.failing(in: keys) }
            try await keys.open(GivenKey()).expectProblem(.vaultCannotBeOpened)
            // One that somebody names is not.
            for place in [KeyPlace.keyDescriptor, .keyVariable, .systemd, .configured] {
                let run = try await keys.open(try place.right(in: keys))
                try run.expectProblem(.vaultCannotBeOpened)
                #expect(run.error.contains("No slot of the vault belongs to what"), "\(run.error)")
            }
        }
    }

    @Test func aHostsKeyOpensItsSlotAndIsPassedOverWhereItHasNone() async throws {
        try await KeyHome.with { keys in
            try keys.addHost()
            #expect(try await keys.open(GivenKey()).status == 0)
            let told: ToldKeys = try await keys.scene.succeeding(["vault", "status", "--explain"])
            #expect(told["this host's key"]?.verdict == "opens" && told["this host's key"]?.slot == "host")
            // The key of a host that the vault has no slot for, beside the slot of another one.
            let path = HostKey.path(in: keys.state)
            try Files.remove(path)
            try KeyFile.make(path)
            let run = try await keys.open(GivenKey())
            try run.expectProblem(.vaultCannotBeOpened)
            #expect(run.error.contains("There is no key"))
            let again: ToldKeys = try await keys.scene.succeeding(["vault", "status", "--explain"])
            #expect(again["this host's key"]?.verdict == "opens_no_slot")
            // It is as closed as any key.
            try Files.setMode(path, 0o640)
            try await keys.open(GivenKey()).expectProblem(.unsafePermissions)
        }
    }

    /// What makes `vault init` and `setup` say what opens the new vault.
    @Test(arguments: [KeyPlace.keyDescriptor, .passphraseDescriptor, .commandOption])
    func aVaultIsMadeForWhatTheRunWasGiven(_ place: KeyPlace) async throws {
        try await KeyHome.with { keys in
            let other = ["QBITVAULT_VAULT": keys.scene.home.path.appending("other.qbv").string]
            var given = try place.right(in: keys)
            given.environment = other
            #expect(try await keys.open(given, ["vault", "init"]).status == 0)
            #expect(try await keys.open(given).status == 0)
            try await keys.open(given, ["vault", "init", "--key-file", keys.key.string]).expectProblem(.usage)
        }
    }
}

extension KeyPlace {
    /// What an error names it by.
    fileprivate func place(in keys: KeyHome) -> String {
        switch self {
        case .keyDescriptor, .passphraseDescriptor: rawValue
        case .commandOption, .command: "command cat"
        case .systemd: "credentials/qbitvault.key"
        case .container: "/run/secrets/qbitvault.passphrase"
        case .usual: "qbitvault/vault.key"
        case .keyVariable, .passphraseVariable, .configured, .recorded: "failing"
        }
    }
}

/// What `vault status --explain --json` tells of the places.
struct ToldKeys: Decodable {
    struct Place: Decodable {
        struct Failure: Decodable { let status: Int32 }
        let source: String
        let verdict: String
        let slot: String?
        let error: Failure?
    }

    let places: [Place]

    private enum CodingKeys: String, CodingKey { case places = "key_sources" }

    subscript(_ source: String) -> Place? { places.first { $0.source == source } }
}

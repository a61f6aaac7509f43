import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `vault slot …` through the program.
@Suite struct SlotTests {
    /// What opens the vault by each kind of slot, as an unattended run is given it.
    enum Way: String, CaseIterable, Sendable {
        case keyFile, passphrase, host, recovery
    }

    @Test(arguments: Way.allCases) func eachKindOpensItUntilItIsRemoved(way: Way) async throws {
        try await withVault { home, scene, value in
            let (environment, name) = try await add(way, home, scene)
            #expect(try await slots(home).map(\.name) == ["key-file", name])
            let read = try await home.run(["credential", "get", "TRACKER"], environment: environment)
            #expect(read.status == 0, "\(read.error)")
            let isHeld = Secret(copying: read.output) == value
            #expect(isHeld)
            #expect(try await slots(home)[1].lastUsedHere != nil)

            let removed = try await scene.run(["vault", "slot", "remove", name, "--yes"])
            #expect(removed.status == 0, "\(removed.error)")
            let told = try JSONDecoder().decode(Removed.self, from: Data(removed.output))
            #expect(told.removed == name && told.slots == ["key-file"])
            #expect(told.known.map(\.name) == ["TRACKER"])
            #expect(try await home.run(["vault", "status", "--json"]).text.contains(told.fingerprint))
            let shutOut = try await scene.run(["credential", "list"], environment: environment)
            #expect(shutOut.status == ExitStatus.vaultCannotBeOpened.rawValue, "\(shutOut.error)")
            let stays = try await home.run(["credential", "get", "TRACKER"])
            let isStillHeld = Secret(copying: stays.output) == value
            #expect(isStillHeld)
        }
    }

    @Test func whatWouldShutEverybodyOutIsRefused() async throws {
        try await withVault { home, scene, _ in
            let before = try Files.bytes(vault(home))
            let refused: [([String], ExitStatus)] = [
                (["remove", "key-file", "--yes"], .usage), (["remove", "none", "--yes"], .usage),
                (["remove", "key-file"], .usage), (["add"], .usage), (["add", "--recovery", "--host", "A"], .usage),
                (["add", "--recovery", "--name", "key-file"], .usage), (["add", "--key-output", "x"], .usage),
            ]
            for (words, status) in refused {
                let run = try await scene.run(["vault", "slot"] + words)
                #expect(run.status == status.rawValue, "\(words): \(run.error)")
            }
            #expect(try Files.bytes(vault(home)) == before)
            // A machine alone is nobody who could come back.
            try await scene.succeed(["vault", "slot", "add", "--host", "nas"])
            #expect(try await scene.run(["vault", "slot", "remove", "key-file", "--yes"]).status == 64)
        }
    }

    @Test func aMistypedCodeIsTold() async throws {
        try await withVault { home, scene, _ in
            let added = try await home.run(["vault", "slot", "add", "--recovery"])
            #expect(added.status == 0)
            var code = Array(added.output.dropLast())
            code[6] = code[6] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
            let file = home.path.appending("code")
            try scene.write(code, to: file)
            let run = try await scene.run(
                ["credential", "list"], environment: ["QBITVAULT_PASSPHRASE_FILE": file.string])
            #expect(run.status == ExitStatus.vaultCannotBeOpened.rawValue)
            #expect(run.error.contains("group 2") || run.text.contains("group 2"), "\(run.error)")
        }
    }

    /// As dice make them: nine words of four letters are written like a code.
    @Test func aPassphraseThatLooksLikeACodeStaysOne() async throws {
        try await withVault { home, scene, value in
            let words = (0..<9).map { _ in String((0..<4).map { _ in "abcdefghkmnp".randomElement() ?? "a" }) }
            let passphrase = Secret(copying: words.joined(separator: "-").utf8)
            let file = home.path.appending("words")
            try scene.write(passphrase.bytes, to: file)
            let environment = ["QBITVAULT_PASSPHRASE_FILE": file.string]
            try await scene.succeed(["vault", "slot", "add", "--passphrase-stdin"], input: passphrase.copy())
            for _ in 0..<2 {
                let run = try await home.run(["credential", "get", "TRACKER"], environment: environment)
                let isHeld = Secret(copying: run.output) == value
                #expect(isHeld, "\(run.error)")
                if try await slots(home).count == 2 {
                    #expect(try await home.run(["vault", "slot", "add", "--recovery"]).status == 0)
                }
            }
            // It is taken for a mistyped code only when it opens nothing.
            var bytes = passphrase.bytes
            bytes[0] = bytes[0] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            try scene.write(bytes, to: file)
            let wrong = try await scene.run(["credential", "list"], environment: environment)
            try wrong.expectProblem(.vaultCannotBeOpened)
            #expect(wrong.error.contains("recovery code"), "\(wrong.error)")
        }
    }

    /// Otherwise whoever is shut out by the one name gets in by the other.
    @Test func aPassphraseHasOneSlot() async throws {
        try await withVault { home, scene, _ in
            let passphrase = scene.newSecret()
            let add = ["vault", "slot", "add", "--passphrase-stdin", "--name"]
            try await scene.succeed(add + ["ann"], input: passphrase.copy())
            let before = try Files.bytes(vault(home))
            let again = try await scene.run(add + ["bob"], input: passphrase.copy())
            try again.expectProblem(.usage)
            #expect(again.error.contains("by the slot ann"), "\(again.error)")
            // Nor is it a new one when it is given as one.
            let same = try await scene.run(
                ["rotate", "vault-key", "--new-passphrase-stdin"], input: passphrase.copy())
            try same.expectProblem(.usage)
            #expect(try Files.bytes(vault(home)) == before)
        }
    }

    /// Names are bytes: two that look alike are two.
    @Test func aSlotThatLooksLikeAnotherIsNotTakenForIt() async throws {
        try await withVault { home, scene, _ in
            let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
            let add = ["vault", "slot", "add", "--passphrase-stdin", "--name"]
            let first = scene.newSecret()
            try await scene.succeed(add + [composed], input: first.copy())
            try await scene.succeed(add + [decomposed], input: scene.newSecret())
            let slots = try await slots(home).map(\.name)
            try await scene.succeed(
                ["rotate", "vault-key", "--new-passphrase-stdin", "--slot", decomposed], input: scene.newSecret())
            let file = home.path.appending("first")
            try scene.write(first.bytes, to: file)
            let run = try await scene.run(
                ["credential", "list"], environment: ["QBITVAULT_PASSPHRASE_FILE": file.string])
            #expect(run.status == 0, "\(run.error)")
            #expect(try await self.slots(home).map(\.name) == slots)
        }
    }

    /// Adds a slot, and says how an unattended run opens the vault by it.
    private func add(_ way: Way, _ home: TestHome, _ scene: Scene) async throws -> ([String: String], String) {
        let file = home.path.appending("way")
        switch way {
        case .keyFile:
            try await scene.succeed(["vault", "slot", "add", "--key-file", file.string, "--name", "second"])
            return (["QBITVAULT_KEY_FILE": file.string], "second")
        case .host:
            try await scene.succeed(["vault", "slot", "add", "--host", "nas", "--key-output", file.string])
            return (["QBITVAULT_KEY_FILE": file.string], "nas")
        case .passphrase:
            let passphrase = scene.newSecret()
            try scene.write(passphrase.bytes, to: file)
            try await scene.succeed(["vault", "slot", "add", "--passphrase-stdin"], input: passphrase.copy())
            return (["QBITVAULT_PASSPHRASE_FILE": file.string], "passphrase")
        case .recovery:
            let added = try await home.run(["vault", "slot", "add", "--recovery"])
            #expect(added.status == 0, "\(added.error)")
            try scene.write(added.output, to: file)
            return (["QBITVAULT_PASSPHRASE_FILE": file.string], "recovery")
        }
    }

    private func withVault(_ body: (TestHome, Scene, borrowing Secret) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let value = scene.newSecret()
            try await scene.succeed(["vault", "init", "--key-file", home.path.appending("key").string])
            try await scene.succeed(["credential", "set", "TRACKER", "--stdin"], input: value.copy())
            try await body(home, scene, value)
        }
    }

    private func vault(_ home: TestHome) -> FilePath { home.data.appending("qbitvault/vault.qbv") }

    private func slots(_ home: TestHome) async throws -> [Row] {
        let run = try await home.run(["vault", "slot", "list", "--json"])
        #expect(run.status == 0, "\(run.error)")
        return try JSONDecoder().decode(Listed.self, from: Data(run.output)).slots
    }

    private struct Listed: Decodable {
        let slots: [Row]
    }

    private struct Row: Decodable {
        let name: String
        let lastUsedHere: UInt64?
    }

    private struct Removed: Decodable {
        let removed: String
        let slots: [String]
        let fingerprint: String
        let known: [Known]
    }

    private struct Known: Decodable {
        let name: String
    }
}

import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A state folder that cannot be written to, as in a container with a read-only root.
@Suite(.timeLimit(.minutes(1))) struct ClosedStateTests {
    /// What is kept can be read, and that nothing is remembered is said.
    @Test func oneMayReadAndIsTold() async throws {
        try await CareScene.with { care in
            let closed = closed(care.scene.home.state)
            let known = try await care.scene.home.run(["credential", "list"], by: closed)
            #expect(known.status == 0 && known.error.isEmpty, "\(known.error)")
            // Another host's write is news.
            let other = [
                "STATE_DIRECTORY": care.scene.home.path.appending("other").string,
                "QBITVAULT_KEY_FILE": care.scene.keyFile.string,
            ]
            try await care.scene.succeed(
                ["credential", "set", "NEWS", "--stdin"], input: care.scene.newSecret(), environment: other)
            for _ in 0..<2 {
                let news = try await care.scene.home.run(["credential", "get", "NEWS"], by: closed)
                #expect(news.status == 0, "\(news.error)")
                #expect(news.error.contains("cannot be remembered"), "\(news.error)")
            }
            // Nor does a first use fail.
            try Files.remove(care.pin)
            #expect(try await care.scene.run(["credential", "list"], by: closed).status == 0)
        }
    }

    /// A change that nobody remembers would be taken for a stranger's: it does not begin.
    @Test func nothingIsChanged() async throws {
        try await CareScene.with { care in
            let before = try Files.bytes(care.vault)
            for words in [["credential", "delete", "NAME1"], ["rotate", "vault-key"]] {
                let run = try await care.scene.run(words, by: closed(care.scene.home.state))
                try run.expectProblem(.resultCannotBeWritten)
                #expect(try Files.bytes(care.vault) == before)
            }
            #expect(try await care.entries() == 2)
        }
    }

    private func closed(_ folder: FilePath) -> [String] {
        [
            "unshare", "--map-root-user", "--mount", "sh", "-ec",
            #"mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@""#, folder.string,
        ]
    }
}

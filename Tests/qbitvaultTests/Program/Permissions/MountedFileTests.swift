import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A container that was given the vault alone, and not its folder.
@Suite(.timeLimit(.minutes(2))) struct MountedFileTests {
    @Test(arguments: [
        ["credential", "set", "TRACKER", "--stdin"], ["credential", "delete", "QBIT_PASSWORD"],
        ["credential", "bind", "--url", "http://127.0.0.1:1"], ["rotate", "vault-key"],
    ])
    func aVaultThatIsAMountIsNotChangedAndThatIsExplained(_ words: [String]) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            try await scene.keepPassword()
            let before = try Files.snapshot(home.path)
            let names = try Files.names(in: scene.vault.removingLastComponent())
            let read = try await home.run(["credential", "get", "QBIT_PASSWORD"])

            let run = try await scene.run(words, input: scene.newSecret(), by: mounted(scene.vault))
            try run.expectProblem(.resultCannotBeWritten)
            let told: ToldProblem = try run.document()
            #expect(told.place == scene.vault.string)
            #expect(told.what.contains("mount") && told.next?.contains("folder") == true)
            #expect(try Files.bytes(scene.vault) == before[scene.vault])
            #expect(try Files.names(in: scene.vault.removingLastComponent()) == names)
            // Copies that a re-key removes beforehand are there again.
            let own = home.state.appending("qbitvault/vaults")
            for (file, bytes) in before where file.removingLastComponent() == own && file.extension == "qbv" {
                #expect(try Files.bytes(file) == bytes)
            }

            // Both where it is mounted and where it is not.
            for starter in [mounted(scene.vault), []] {
                let again = try await home.run(["credential", "get", "QBIT_PASSWORD"], by: starter)
                #expect(again.status == 0)
                #expect(again.output == read.output)
            }
            try scene.expectNoLeak(in: run)
        }
    }

    /// As docker does where there is no file yet: it makes a folder, or somebody has made an empty file.
    @Test func anEmptyFileOrAFolderInItsPlaceIsNotReplaced() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.makeFolder(of: scene.vault)
            try Files.write("", to: scene.vault)
            let words = ["vault", "init", "--key-file", scene.keyFile.string]
            try await scene.run(words, by: mounted(scene.vault)).expectProblem(.resultCannotBeWritten)
            try Files.remove(scene.vault)
            try Files.makeFolder(scene.vault)
            try await scene.run(words, by: mounted(scene.vault)).expectProblem(.resultCannotBeWritten)
            #expect(try Files.names(in: scene.vault).isEmpty)
        }
    }

    /// Starts a program where `path` is a mount of its own.
    private func mounted(_ path: FilePath) -> [String] {
        [
            "unshare", "--map-root-user", "--mount", "sh", "-c", #"mount --bind "$0" "$0" && exec "$@""#, path.string,
        ]
    }
}

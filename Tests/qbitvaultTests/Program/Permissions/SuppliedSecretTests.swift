import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Secrets that somebody else puts there for the program to read.
@Suite(.timeLimit(.minutes(2))) struct SuppliedSecretTests {
    /// A pod's volume: the name is a link through a folder that is a link, exchanged as a whole when the secret changes.
    @Test func asKubernetesGivesThem() async throws {
        try await withPassphrase { scene, passphrase in
            let volume = scene.home.path.appending("volume")
            let stamped = volume.appending("..2026_01_01")
            try Files.makeFolder(stamped)
            try scene.write(passphrase, to: stamped.appending("passphrase"), mode: 0o644)
            try #require(unsafe symlink("..2026_01_01", volume.appending("..data").string) == 0)
            let name = volume.appending("passphrase")
            try #require(unsafe symlink("..data/passphrase", name.string) == 0)
            try Files.setMode(volume, 0o1777)
            #expect(try await opens(scene, name) == 0)
        }
    }

    /// A container's secret: root's, and readable by all.
    @Test func asDockerGivesThem() async throws {
        try await withPassphrase { scene, passphrase in
            let file = scene.home.path.appending("secret")
            for mode in [0o444, 0o644, 0o400] as [UInt32] {
                _ = unsafe unlink(file.string)
                try scene.write(passphrase, to: file, mode: mode)
                #expect(try await opens(scene, file) == 0)
            }
            guard geteuid() == 0 else {
                Issue.record("NOT TESTED: only root can give a file to another user", severity: .warning)
                return
            }
            try Files.setMode(file, 0o444)
            try #require(unsafe chown(file.string, 12_345, 12_345) == 0)
            #expect(try await opens(scene, file) == 0)
        }
    }

    @Test func whatOthersCanWriteToIsRefusedUntilItIsMended() async throws {
        try await withPassphrase { scene, passphrase in
            let file = scene.home.path.appending("the 'secret'")
            for mode in [0o464, 0o446, 0o666] as [UInt32] {
                _ = unsafe unlink(file.string)
                try scene.write(passphrase, to: file, mode: mode)
                let variables = ["QBITVAULT_PASSPHRASE_FILE": file.string]
                let run = try await scene.run(["credential", "list"], environment: variables)
                try run.expectProblem(.unsafePermissions)
                let told: ToldProblem = try run.document()
                let command = try #require(told.next?.split(separator: ": ", maxSplits: 1).last)
                _ = try await ToolRun.succeeding(.name("bash"), ["-c", String(command)])
                // Whoever could read it still can: it is somebody else's to say who.
                #expect(try Files.mode(file) == mode & ~0o022)
                #expect(try await opens(scene, file) == 0)
            }
        }
    }

    @Test func whatIsNoFileIsRefused() async throws {
        try await withPassphrase { scene, _ in
            let path = scene.home.path.appending("secret")
            try #require(unsafe mkfifo(path.string, 0o600) == 0)
            for place in [path, scene.home.path, "/dev/zero"] {
                let run = try await scene.run(
                    ["credential", "list"], environment: ["QBITVAULT_PASSPHRASE_FILE": place.string])
                try run.expectProblem(.unsafePermissions)
            }
        }
    }

    private func opens(_ scene: Scene, _ file: FilePath) async throws -> Int32 {
        let run = try await scene.run(
            ["credential", "list"], environment: ["QBITVAULT_PASSPHRASE_FILE": file.string])
        return run.status
    }

    private func withPassphrase(_ body: (Scene, [UInt8]) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let passphrase = scene.newSecret()
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: passphrase.copy())
            try await body(scene, Array((passphrase.text ?? "").utf8))
        }
    }
}

import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A vault that another run is changing.
@Suite(.timeLimit(.minutes(3))) struct VaultHolderTests {
    @Test func whoHoldsItIsNamedAndReadersDoNotWait() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let words = ["credential", "set", "TRACKER", "--stdin"]
            try await StoppedWriter.with(scene) { holder in
                let start = ContinuousClock.now
                let read = try await scene.run(["credential", "list"])
                #expect(read.status == 0)
                #expect(start.duration(to: .now) < .seconds(8))

                let run = try await scene.run(words, input: scene.newSecret())
                try run.expectProblem(.busy)
                #expect(run.error.contains("process \(holder.process) (qbitvault)"), "\(run.error)")
                #expect(start.duration(to: .now) > .seconds(10), "it is waited for")
                try scene.expectNoLeak(in: run)
            }
            // It was killed. What it left behind holds up nobody, and is cleared away.
            let lock = FilePath(scene.vault.string + ".lock")
            #expect(try !Files.bytes(lock).isEmpty)
            let value = SecretBox(scene.newSecret())
            try await scene.succeed(words, input: value.secret.copy())
            #expect(try await scene.keeps("TRACKER", value))
            #expect(try Files.bytes(lock).isEmpty)
            #expect(
                try Files.names(in: lock.removingLastComponent()) == ["vault.qbv", "vault.qbv.lock", "vault.qbv.prev"])
        }
    }

    /// Somebody holds it who has written nothing, and the last words are those of a run that is gone.
    @Test func whoIsGoneIsNotNamed() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let gone = try await StoppedWriter.with(scene) { $0.process }
            let lock = try FileDescriptor.open(FilePath(scene.vault.string + ".lock"), .readWrite)
            defer { try? lock.close() }
            try #require(flock(lock.rawValue, LOCK_EX) == 0)
            let run = try await scene.run(["credential", "set", "TRACKER", "--stdin"], input: scene.newSecret())
            try run.expectProblem(.busy)
            #expect(!run.error.contains("\(gone)") && run.error.contains("another process"))
        }
    }

    /// A writer that waits gets its turn as soon as the holder lets go.
    @Test func whoWaitsGetsItsTurn() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let value = SecretBox(scene.newSecret())
            let lock = try FileDescriptor.open(FilePath(scene.vault.string + ".lock"), .readWrite)
            defer { try? lock.close() }
            try #require(flock(lock.rawValue, LOCK_EX) == 0)
            async let run = scene.run(["credential", "set", "TRACKER", "--stdin"], input: value.secret.copy())
            try await Task.sleep(for: .seconds(2))
            flock(lock.rawValue, LOCK_UN)
            #expect(try await run.status == 0)
            #expect(try await scene.keeps("TRACKER", value))
        }
    }
}

import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Runs where something is missing that is there elsewhere: a stream, a home, room on the disk.
@Suite(.timeLimit(.minutes(2))) struct NarrowPlaceTests {
    /// A file of ours must not get the number of a stream that is closed: what is told would be written into it.
    @Test(arguments: ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
    func streamsThatAreClosed(streams: String) async throws {
        try await SourceHome.with { home in
            let starter = ["sh", "-c", #""$@" \#(streams)"#, "sh"]
            let words = ["credential", "set", "TRACKER", "--stdin"]
            let value = home.scene.newSecret()
            let hasInput = !streams.contains("<&-")
            let run = try await home.scene.home.run(words, input: .secret(value), by: starter)
            #expect(run.status == (hasInput ? 0 : ExitStatus.secretSourceFailed.rawValue), "\(run.error)")
            let kept = try await home.scene.home.run(["credential", "get", "TRACKER"])
            #expect(kept.output == (hasInput ? Array((value.text ?? "").utf8) : []))
            let verified = try await home.scene.home.run(["vault", "verify"], by: starter)
            #expect(verified.status == (streams.contains(" >&-") || streams.hasPrefix(">&-") ? 36 : 0))
            let whole = try await home.scene.home.run(["vault", "verify"])
            #expect(whole.status == 0, "\(whole.text)")
        }
    }

    /// Seen by the system calls, because whether a file gets the number is a matter of luck.
    @Test func theNumbersOfClosedStreamsAreTaken() async throws {
        try await SourceHome.with { home in
            let log = home.scene.home.path.appending("calls")
            let starter = [
                "strace", "-f", "-qq", "-e", "trace=openat", "-o", log.string, "sh", "-c", #"exec "$@" <&- >&- 2>&-"#,
                "sh",
            ]
            _ = try await home.scene.home.run(["credential", "set", "TRACKER", "--stdin"], by: starter)
            let calls = String(decoding: try Files.bytes(log), as: UTF8.self)
            // The keyring's library does the same, and before us.
            for call in ["O_WRONLY) = 0", "O_RDONLY) = 1", "O_RDONLY) = 2"] {
                let ours = call.replacing(")", with: "|O_CLOEXEC)")
                #expect(["\"/dev/null\", " + call, "\"/dev/null\", " + ours].contains { calls.contains($0) })
            }
        }
    }

    @Test func aSecretGoesNowhereWhereOutputIsClosed() async throws {
        try await SourceHome.with { home in
            let before = try Files.snapshot(home.scene.home.path)
            let run = try await home.scene.home.run(
                ["credential", "get", "QBIT_PASSWORD"], by: ["sh", "-c", #""$@" >&-"#, "sh"])
            #expect(run.status == ExitStatus.resultCannotBeWritten.rawValue)
            #expect(run.error.contains("standard output"))
            #expect(try Files.snapshot(home.scene.home.path) == before)
        }
    }

    @Test(arguments: [["-u", "HOME"], ["HOME="], ["HOME=relative"]])
    func withoutAHome(change: [String]) async throws {
        try await SourceHome.with { home in
            let bare =
                ["env"] + ["CONFIG", "DATA", "STATE", "CACHE"].flatMap { ["-u", "XDG_\($0)_HOME"] } + change
            let run = try await home.scene.run(["exec", "--", "true"], by: bare)
            try run.expectProblem(.configuration)
            #expect(run.error.contains("HOME"))
        }
    }

    @Test func aHomeThatCannotBeWrittenToIsRead() async throws {
        try await SourceHome.with { home in
            let path = home.scene.home.path.string
            let starter = inMounts("mount --bind '\(path)' '\(path)'; mount -o remount,bind,ro '\(path)'")
            let before = try Files.snapshot(home.scene.home.path)
            #expect(try await home.signIn(by: starter).text.hasPrefix("kept:"))
            let words = ["credential", "set", "TRACKER", "--stdin"]
            let run = try await home.scene.run(words, input: home.scene.newSecret(), by: starter)
            try run.expectProblem(.resultCannotBeWritten)
            #expect(run.error.contains("Read-only file system"))
            #expect(try Files.snapshot(home.scene.home.path) == before)
        }
    }

    /// A password is not sent where it cannot be noted that it was: nobody would count its failures.
    @Test func aHomeThatCannotBeWrittenToSendsNoPassword() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await SourceHome.with { home in
            let path = home.scene.home.path.string
            let environment = home.scene.environment(for: server)
            for starter in [
                inMounts("mount --bind '\(path)' '\(path)'; mount -o remount,bind,ro '\(path)'"), filled(home),
            ] {
                let run = try await home.scene.run(["check"], environment: environment, by: starter)
                try run.expectProblem(.resultCannotBeWritten)
                try home.scene.expectNoLeak(in: run)
            }
            #expect(try await home.scene.run(["check"], environment: environment).status == 0)
        }
    }

    /// The disk is full at the beginning, and has room again at the end: the vault is what it was.
    @Test(arguments: [
        ["credential", "set", "QBIT_PASSWORD", "--stdin"], ["rotate", "vault-key"],
        ["vault", "slot", "add", "--recovery"],
    ])
    func aDiskThatIsFull(words: [String]) async throws {
        try await SourceHome.with { home in
            let vault = try Files.bytes(home.scene.vault)
            let copy = home.scene.home.data.appending("seen")
            let starter = filled(home, then: "cp \(home.scene.vault) /proc/self/fd/9", "exec 9>'\(copy)'")
            let input = words.contains("--stdin") ? home.scene.newSecret() : nil
            let run = try await home.scene.run(words, input: input, by: starter)
            try run.expectProblem(.resultCannotBeWritten)
            try home.scene.expectNoLeak(in: run)
            #expect(try Files.bytes(copy) == vault)
        }
    }

    /// Starts a program with its whole home on a disk that has no room left.
    private func filled(_ home: SourceHome, then: String = ":", _ first: String = ":") -> [String] {
        let path = home.scene.home.path.string
        return inMounts(
            """
            \(first)
            mkdir /run/home; cp -a '\(path)/.' /run/home; mount -t tmpfs -o size=1m,mode=700 none '\(path)'
            cp -a /run/home/. '\(path)'; cd '\(path)'; dd if=/dev/zero of=fill bs=4k 2>/dev/null || :
            trap 'rm fill; \(then)' EXIT
            """, isLast: false)
    }

    private func inMounts(_ commands: String, isLast: Bool = true) -> [String] {
        let end = isLast ? #"exec "$@""# : #"code=0; "$@" || code=$?; exit $code"#
        return [
            "unshare", "--map-root-user", "--mount", "sh", "-ec", "mount -t tmpfs none /run\n\(commands)\n\(end)", "sh",
        ]
    }
}

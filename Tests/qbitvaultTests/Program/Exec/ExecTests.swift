import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What the command that `exec` starts finds, and how it ends.
@Suite(.timeLimit(.minutes(2))) struct ExecTests {
    @Test func theEnvironmentIsTheCallersAndTwoVariables() async throws {
        try await Scene.withCredentials { scene, password in
            // What would contradict them is taken away.
            let run = try await scene.home.run(
                ["exec", "--", "env", "-0"], environment: ["QBIT_USERNAME": "left over", "MORE": "a\nb"])
            var found: [String: String] = [:]
            for line in run.text.split(separator: "\0") {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                #expect(found.updateValue(String(parts[1]), forKey: String(parts[0])) == nil, "once each")
            }
            let secret = found.removeValue(forKey: "QBIT_PASSWORD")
            let same = Secret(copying: (secret ?? "").utf8) == password
            #expect(same)
            #expect(found == scene.home.environment.merging(["QBIT_USERNAME": "admin", "MORE": "a\nb"]) { $1 })
        }
    }

    @Test func aFileThatHeldThePasswordIsNotNamedBesideIt() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let path = home.path.appending("password")
            try scene.write(Array((scene.newSecret().text ?? "").utf8), to: path)
            let run = try await home.run(
                ["exec", "--", "sh", "-c", "echo $QBIT_USERNAME ${#QBIT_PASSWORD} ${QBIT_PASSWORD_FILE-none}"],
                environment: ["QBIT_PASSWORD_FILE": path.string, "QBIT_USERNAME": "somebody"])
            #expect(run.text == "somebody 24 none\n")
        }
    }

    @Test func argumentsArriveAsTheyAre() async throws {
        try await Scene.withCredentials { scene, _ in
            let words = ["a b", "", "--json", "-q", "--", "é\n\"'$HOME", "--config", "x"]
            let run = try await scene.home.run(["exec", "--", "printf", "%s\\0"] + words)
            #expect(run.text == words.map { $0 + "\0" }.joined())
            #expect(run.error.isEmpty)
        }
    }

    @Test(arguments: [("exit 7", 7), ("exit 0", 0), ("kill -TERM $$", 143), ("kill -KILL $$", 137)])
    func itsEndIsItsOwn(_ script: String, _ status: Int32) async throws {
        try await Scene.withCredentials { scene, _ in
            let run = try await scene.home.run(["exec", "--", "sh", "-c", script])
            #expect(run.status == status)
        }
    }

    @Test func inputAndOutputPassThrough() async throws {
        try await Scene.withCredentials { scene, _ in
            let bytes = (0..<5000).map { _ in UInt8.random(in: .min ... .max) }
            let run = try await scene.home.run(["exec", "--", "cat"], input: .bytes(bytes))
            #expect(run.output == bytes)
        }
    }

    /// Core dumps, signals, limits and the file mask are what the caller has set.
    @Test func theProcessIsAsTheCallerLeftIt() async throws {
        try await Scene.withCredentials { scene, _ in
            let look = "ulimit -Sa; umask; pwd"
            let setting = ["sh", "-c", "ulimit -S -c 1024; umask 027; exec \"$@\"", "sh"]
            let direct = try await ToolRun.of(
                .name(setting[0]), setting.dropFirst() + ["sh", "-c", look], in: scene.home.path)
            let handed = try await scene.home.run(["exec", "--", "sh", "-c", look], by: setting)
            #expect(handed.text == direct.text)
            #expect(direct.text.contains("1024"))
        }
    }

    /// A command that cannot be stopped would be the worst of it.
    @Test func itsSignalsAreNotBlocked() async throws {
        try await Scene.withCredentials { scene, _ in
            for ignored in ["", "INT", "QUIT"] {
                let setting = ["sh", "-c", "trap '' \(ignored); exec \"$@\"", "sh"]
                let words = ["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]
                let direct = try await ToolRun.of(.name(setting[0]), setting.dropFirst() + words)
                let handed = try await scene.home.run(["exec", "--"] + words, by: setting)
                #expect(try handed.signals == direct.signals)
            }
        }
    }

    @Test func noDescriptorIsLeftOpen() async throws {
        try await Scene.withCredentials { scene, _ in
            let direct = try await ToolRun.of(.name("ls"), ["/proc/self/fd"])
            let handed = try await scene.home.run(["exec", "--", "ls", "/proc/self/fd"])
            #expect(handed.text == direct.text)
            // Not even the one that the password came by.
            let file = scene.home.path.appending("password")
            try scene.write(Array((scene.newSecret().text ?? "").utf8), to: file)
            let given = try await scene.home.run(
                ["exec", "--username", "admin", "--password-fd", "7", "--", "ls", "/proc/self/fd"],
                by: ["sh", "-c", "exec \"$@\" 7<\(file)", "sh"])
            #expect(given.text == direct.text)
        }
    }

    @Test func withoutCredentialsTheCommandDoesNotStart() async throws {
        try await TestHome.with { home in
            let run = try await Scene(home).run(["exec", "--", "touch", "started"])
            try run.expectProblem(.credentialNotFound)
            #expect(throws: Errno.noSuchFileOrDirectory) { try Files.bytes(home.path.appending("started")) }
        }
    }
}

extension ToolRun {
    /// The signals 1 to 31 that are blocked, and those that are ignored; the C library has the next for itself.
    var signals: [UInt64] {
        get throws {
            let numbers = text.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
            try #require(numbers.count == 2)
            return numbers.map { $0 & 0x7FFF_FFFF }
        }
    }
}

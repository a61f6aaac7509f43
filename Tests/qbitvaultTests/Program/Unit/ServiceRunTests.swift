import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A service's command line with what its unit gives it and no more: credentials, environment, paths, system calls.
@Suite(.timeLimit(.minutes(3))) struct ServiceRunTests {
    @Test func itMakesATorrentWithWhatItsUnitNames() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try #require(try await scene.setUp(server).status == 0)
            let source = home.path.appending("a source 100%")
            let results = home.path.appending("results")
            for folder in [source, results] { try Files.makeFolder(folder) }
            try Files.write("something", to: source.appending("file"))
            let told: ToldUnit = try await scene.unit(
                ["systemd", "--systemd-version", "247"], ["create", source.string, "--output", results.string])
            let run = try await told.run(in: home)
            try #require(run.status == 0, "\(run.error)")
            #expect(try Files.names(in: results) == ["a source 100%.torrent"])

            // A watch folder.
            let each: ToldUnit = try await scene.unit(
                ["systemd", "--systemd-version", "247"],
                ["create", "--each", source.string, "--output", results.string])
            try Files.write("more", to: source.appending("more"))
            let watching = try await each.run(in: home)
            try #require(watching.status == 0, "\(watching.error)")
            #expect(Set(try Files.names(in: results)).isSuperset(of: ["file.torrent", "more.torrent"]))

            // Without the paths that it names, it could not.
            #expect(try await told.run(in: home, keepingBinds: false).status != 0)
        }
    }

    /// Every call that a run makes is one that the unit's filter lets through.
    @Test(arguments: [
        ["check"], ["create", "HOME/source", "--output", "HOME/results"], ["vault", "verify"], ["doctor"],
    ])
    func itsFilterLetsThroughWhatItCalls(_ line: [String]) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try #require(try await scene.setUp(server).status == 0)
            try Files.makeFolder(home.path.appending("source"))
            try Files.write("something", to: home.path.appending("source/file"))
            try Files.makeFolder(home.path.appending("results"))
            let line = line.map { $0.replacing("HOME", with: home.path.string) }
            let told: ToldUnit = try await scene.unit(["systemd"], line)
            let allowed = try await told.allowedCalls()
            #expect(!allowed.contains("mount") && !allowed.contains("ptrace") && allowed.contains("read"))

            let counts = home.path.appending("counts")
            let run = try await home.run(line, by: ["strace", "-f", "-c", "-o", counts.string])
            try #require(run.status == 0, "\(run.error)")
            let rows = String(decoding: try Files.bytes(counts), as: UTF8.self).split(separator: "\n")
            let called = Set(rows.compactMap { $0.split(separator: " ").last.map(String.init) })
                .filter { $0.first?.isLetter == true && $0 != "syscall" && $0 != "total" }
            #expect(called.contains("openat") && called.contains("mlock"))
            #expect(called.subtracting(allowed).isEmpty, "\(called.subtracting(allowed).sorted())")
        }
    }
}

extension ToldUnit {
    /// Runs what `ExecStart=` says.
    fileprivate func run(in home: TestHome, keepingBinds: Bool = true) async throws -> ToolRun {
        var confined = ConfinedHome(home: home.path)
        let paths = { (key: String) in try ToldUnit.words(self.values(key).joined(separator: " "), isCommand: false) }
        if keepingBinds {
            confined.binds = try paths("BindReadOnlyPaths").map { ($0, false) } + paths("BindPaths").map { ($0, true) }
        }
        let folder = FilePath("/run/credentials/\(name).service")
        confined.secrets = values("LoadCredential").map { value in
            let parts = value.replacing("%%", with: "%").split(separator: ":", maxSplits: 1)
            return (String(parts[1]), folder.appending(String(parts[0])))
        }
        confined.folders = values("StateDirectory").map { FilePath("/var/lib").appending($0) }
        var environment = ["CREDENTIALS_DIRECTORY": folder.string, "STATE_DIRECTORY": confined.folders[0].string]
        for variable in try values("Environment").flatMap({ try ToldUnit.words($0, isCommand: false) }) {
            let parts = variable.split(separator: "=", maxSplits: 1)
            environment[String(parts[0])] = String(parts[1])
        }
        return try await confined.run(try ToldUnit.words(try #require(values("ExecStart").first)), environment)
    }

    /// The system calls that the filter lets through, with its groups taken apart by systemd.
    fileprivate func allowedCalls() async throws -> Set<String> {
        var allowed: Set<String> = []
        for line in values("SystemCallFilter") {
            let isDenied = line.hasPrefix("~")
            for word in line.drop(while: { $0 == "~" }).split(separator: " ") {
                let calls = try await Self.calls(of: String(word))
                if isDenied { allowed.subtract(calls) } else { allowed.formUnion(calls) }
            }
        }
        // What systemd always lets through, so that a program can be started and ended.
        return allowed.union(try await Self.calls(of: "@default"))
    }

    private static func calls(of group: String) async throws -> Set<String> {
        guard group.hasPrefix("@") else { return [group] }
        let run = try await ToolRun.succeeding(.name("systemd-analyze"), ["syscall-filter", "--no-pager", group])
        var calls: Set<String> = []
        for line in run.text.split(separator: "\n").dropFirst() {
            let name = line.split(separator: " ").first.map(String.init) ?? ""
            if name.hasPrefix("#") || name.isEmpty { continue }
            calls.formUnion(name.hasPrefix("@") ? try await Self.calls(of: name) : [name])
        }
        return calls
    }
}

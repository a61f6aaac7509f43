import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A service and its timer, as systemd itself reads them.
@Suite(.timeLimit(.minutes(3))) struct SystemdUnitTests {
    /// Command lines, with HOME for the test's own folder.
    static let lines: [[String]] = [
        ["check"], ["check", "--json", "--no-input"],
        ["create", "HOME/a source 100% $5 of it", "--output", "HOME/out", "--comment", "two\nlines \"quoted\" \\ ; é"],
        ["api", "app/version", "--output", "HOME/out/version"],
        ["exec", "--", "/bin/sh", "-c", "echo \"$QBIT_USERNAME\" | cat; :"],
        ["create", "--each", "HOME/a source 100% $5 of it", "--output", "HOME/out"],
        ["vault", "verify"], ["rotate", "vault-key"], ["doctor"],
    ]

    @Test(arguments: lines.indices, [[], ["--user"]] as [[String]])
    func systemdAcceptsIt(row: Int, options: [String]) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let line = Self.lines[row].map { $0.replacing("HOME", with: home.path.string) }
            let told: ToldUnit = try await scene.unit(["systemd"] + options, line)
            #expect(told.kind == "systemd" && told.files.count == 2)
            let complaints = try await home.verify(told, options)
            #expect(complaints.isEmpty, "\(complaints)")

            let words = try ToldUnit.words(try #require(told.values("ExecStart").first))
            #expect(words == told.command)
            let own = line.prefix { $0 != "--" }
            let asked = own.contains("--no-input") ? line : own + ["--no-input"] + line[own.endIndex...]
            #expect(Array(words.dropFirst()) == Array(asked))
            #expect(words[0].hasSuffix("/qbitvault"))
        }
    }

    /// The other way round: what is wrong is found.
    @Test func systemdWouldComplain() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let told: ToldUnit = try await scene.unit(["systemd"], ["check"])
            let text = told.files[0].text.replacing("Type=oneshot", with: "Type=oneshoot\nBogus=1")
            let wrong = ToldUnit(
                kind: told.kind, name: told.name, command: told.command,
                files: [.init(path: told.files[0].path, text: text), told.files[1]], steps: [])
            #expect(try await home.verify(wrong, []).count >= 2)
        }
    }

    /// systemd's own count of what a service could still do, from 0 to 100.
    @Test func littleIsLeftOpen() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            for line in [["check"], ["vault", "verify"]] {
                let told: ToldUnit = try await scene.unit(["systemd"], line)
                let path = try home.place(told)[0]
                let run = try await ToolRun.of(
                    .name("systemd-analyze"),
                    ["security", "--offline=true", "--threshold=25", "--no-pager", path.string])
                #expect(run.status == 0, "\(run.text.suffix(200))")
            }
        }
    }

    @Test func eachSystemdGetsWhatItKnows() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let key = scene.keyFile.string
            let encrypted = "qbitvault.key:/etc/credstore.encrypted/qbitvault.key"
            let cases: [(Int, [String])] = [
                (235, []), (243, []), (246, []), (247, []), (249, []), (250, []), (252, ["--user"]), (256, ["--user"]),
            ]
            for (version, options) in cases {
                let told: ToldUnit = try await scene.unit(
                    ["systemd", "--systemd-version", "\(version)"] + options, ["check"])
                let isUsers = !options.isEmpty
                let isEncrypted = version >= (isUsers ? 256 : 250)
                let plain = !isUsers && version >= 247 && version < 250
                #expect(told.values("LoadCredential") == (plain ? ["qbitvault.key:\(key)"] : []))
                let expected = isUsers ? "qbitvault.key:%h/.config/credstore.encrypted/qbitvault.key" : encrypted
                #expect(told.values("LoadCredentialEncrypted") == (isEncrypted ? [expected] : []))
                #expect(told.steps.contains { $0.contains("systemd-creds encrypt") } == isEncrypted)
                let named = told.values("Environment").contains("QBITVAULT_KEY_FILE=\(key)")
                #expect(named == (!isEncrypted && !plain))
                #expect(told.values("Restart").isEmpty == (version < 244))
                #expect(told.values("ProtectProc").isEmpty == (version < 247 || isUsers))
                #expect(told.values("NoNewPrivileges") == ["yes"])
                #expect(told.values("StateDirectory") == (isUsers ? [] : ["qbitvault"]))
                #expect(told.values("ProtectSystem") == (isUsers ? [] : ["strict"]))
            }
        }
    }

    /// A refused password is not sent again by a service that restarts; a server that was away is asked again.
    @Test func whatIsTriedAgainMayPass() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let told: ToldUnit = try await scene.unit(["systemd"], ["check"])
            let listed = try #require(told.values("RestartPreventExitStatus").first).split(separator: " ").map {
                Int32($0)
            }
            for status in ExitStatus.allCases where status != .done && status.rawValue < 128 {
                #expect(listed.contains(status.rawValue) == !ExitStatus.passing.contains(status))
            }
            for status in [ExitStatus.credentialsRefused, .addressBanned, .refusedBefore, .usage, .configuration] {
                #expect(listed.contains(status.rawValue))
            }
            #expect(!listed.contains(ExitStatus.serverUnreachable.rawValue))
        }
    }

    @Test func bothFilesAreWrittenAndNotReplacedUnasked() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let words = ["unit", "systemd", "--name", "nightly", "--output", "."]
            let first = try await scene.run(words + ["--", "check"])
            try #require(first.status == 0, "\(first.error)")
            let names = ["nightly.service", "nightly.timer"]
            #expect(try names.allSatisfy { try Files.mode(home.path.appending($0)) == 0o644 })
            try await scene.run(words + ["--", "check"]).expectProblem(.resultCannotBeWritten)
            let again = try await scene.run(words + ["--overwrite", "--at", "04:30", "--", "check"])
            try #require(again.status == 0, "\(again.error)")
            let timer = String(decoding: try Files.bytes(home.path.appending("nightly.timer")), as: UTF8.self)
            #expect(timer.contains("\nOnCalendar=*-*-* 04:30:00\n"))
            #expect(timer.contains("\nPersistent=yes\n") && timer.contains("\nRandomizedDelaySec=15min\n"))
        }
    }

    @Test func noSecretIsInIt() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            for kind in ["systemd", "cron", "compose"] {
                let run = try await home.run(["unit", kind, "--", "check"])
                try #require(run.status == 0, "\(run.error)")
                try scene.expectNoLeak(in: run)
            }
        }
    }
}

extension Scene {
    /// A vault that a key file opens, and folders with odd names.
    func prepareUnits() async throws {
        try await succeed(["vault", "init", "--key-file", keyFile.string])
        try await succeed(["credential", "set", "QBIT_USERNAME", "--stdin"], input: Secret(copying: "admin".utf8))
        try await keepPassword()
    }

    func unit(
        _ words: [String], _ line: [String], environment: [String: String] = [:]
    ) async throws -> ToldUnit {
        try await succeeding(["unit"] + words + ["--"] + line, environment: environment)
    }
}

extension TestHome {
    /// Puts the files of a unit side by side.
    func place(_ told: ToldUnit) throws -> [FilePath] {
        try told.files.map { file in
            let name = try #require(FilePath(file.path).lastComponent)
            let path = self.path.appending(name)
            try Files.write(file.text, to: path)
            return path
        }
    }

    /// What systemd says against a unit's files; nothing where it accepts them.
    func verify(_ told: ToldUnit, _ options: [String]) async throws -> [String] {
        let paths = try place(told)
        let run = try await ToolRun.of(
            .name("systemd-analyze"), options + ["verify", "--man=no", "--recursive-errors=no"] + paths.map(\.string),
            environment: .custom(environment.asEnvironment))
        let complaints = run.error.split(separator: "\n").filter { $0.contains(told.name) }.map(String.init)
        return complaints + (run.status == 0 ? [] : ["status \(run.status): \(run.error)"])
    }
}

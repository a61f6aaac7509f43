import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A crontab's line, run as cron runs it: its percent signs read, by `sh -c`, in hardly any environment.
@Suite(.timeLimit(.minutes(3))) struct CronUnitTests {
    @Test func itSignsInAndSaysNothing() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try #require(try await scene.setUp(server).status == 0)
            let told: ToldUnit = try await scene.unit(["cron"], ["check"])
            #expect(try told.cronFields == "0 3 * * *")
            let run = try await home.cron(told)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.isEmpty && run.error.isEmpty, "cron would send mail")

            // A run that fails says why, which cron mails.
            try Files.remove(scene.keyFile)
            let failed = try await home.cron(told)
            #expect(failed.status == ExitStatus.secretSourceFailed.rawValue, "\(failed.error)")
            #expect(failed.error.contains("where: "))
        }
    }

    /// What the shell and cron have signs for.
    @Test func itMakesATorrentOfWhateverItIsCalled() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try #require(try await scene.setUp(server).status == 0)
            let source = home.path.appending("it's 100% \"$HOME\" `id` ü*")
            try Files.makeFolder(source)
            try Files.write("something", to: source.appending("file"))
            let results = home.path.appending("50%off")
            try Files.makeFolder(results)
            let told: ToldUnit = try await scene.unit(
                ["cron"], ["create", source.string, "--output", results.string, "--comment", "%% \(#"it's"#)"])
            let run = try await home.cron(told)
            try #require(run.status == 0, "\(run.error)")
            #expect(run.output.isEmpty && run.error.isEmpty)
            #expect(try Files.names(in: results) == ["\(source.lastComponent?.string ?? "").torrent"])
        }
    }

    /// `exec` is another program's output, which may be missed.
    @Test func outputOfOthersIsNotThrownAway() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let told: ToldUnit = try await scene.unit(
                ["cron"], ["exec", "--", "/bin/sh", "-c", "echo $QBIT_USERNAME ${#QBIT_PASSWORD} 100%"])
            let run = try await home.cron(told)
            #expect(run.text == "admin 24 100%\n", "\(run.error)")
        }
    }

    /// Settings of this environment hold there too.
    @Test func theEnvironmentIsCarriedAlong() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let told: ToldUnit = try await scene.unit(
                ["cron", "--run-as", "nobody", "--every", "15m"], ["check"],
                environment: ["QBITVAULT_URL": "http://127.0.0.1:1", "QBITVAULT_READ_TIMEOUT": "5"])
            #expect(told.files[0].path == "/etc/cron.d/qbitvault-check")
            let line = try told.cronLine
            #expect(line.hasPrefix("*/15 * * * * nobody QBITVAULT_READ_TIMEOUT=5 QBITVAULT_URL=http://127.0.0.1:1 "))
        }
    }
}

extension ToldUnit {
    /// The last line, which is no comment.
    fileprivate var cronLine: String {
        get throws {
            let lines = files[0].text.split(separator: "\n")
            try #require(lines.dropLast().allSatisfy { $0.hasPrefix("#") })
            return String(try #require(lines.last))
        }
    }

    fileprivate var cronFields: String {
        get throws { try cronLine.split(separator: " ").prefix(5).joined(separator: " ") }
    }
}

extension TestHome {
    /// Runs the line of a user's crontab.
    fileprivate func cron(_ told: ToldUnit) async throws -> ToolRun {
        let command = try told.cronLine.split(separator: " ", maxSplits: 5)[5]
        // A percent sign ends the command, but for one behind a backslash, which is taken away.
        var read = ""
        var rest = command[...]
        while let next = rest.popFirst() {
            if next == "%" { break }
            if next == "\\", rest.first == "%" {
                rest.removeFirst()
                read.append("%")
            } else {
                read.append(next)
            }
        }
        return try await ToolRun.of(
            .path("/bin/sh"), ["-c", read],
            environment: .custom(
                ["HOME": path.string, "LOGNAME": "root", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"].asEnvironment),
            in: path)
    }
}

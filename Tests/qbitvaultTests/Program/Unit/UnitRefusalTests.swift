import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What no unit is made of, and why.
@Suite(.timeLimit(.minutes(3))) struct UnitRefusalTests {
    /// Words behind `unit`, the status, and a word of what is said.
    static let refused: [(words: [String], status: ExitStatus, told: String)] = [
        (["systemd"], .usage, "nothing to run"),
        (["cron", "--", "chekc"], .usage, ""),
        (["cron", "--", "check", "--confg", "x"], .usage, "--confg"),
        (["cron", "--", "--help"], .usage, "person"),
        (["systemd", "--", "setup"], .usage, "person"),
        (["compose", "--", "credential", "get", "QBIT_PASSWORD"], .usage, "person"),
        (["systemd", "--", "check", "--password-stdin"], .usage, "standard input"),
        (["systemd", "--", "check", "--key-fd", "9"], .usage, "standard input"),
        (["cron", "--", "api", "app/setPreferences", "-F", "json=@-"], .usage, "standard input"),
        (["systemd", "--", "create", "music", "--output", "/out"], .usage, "slash"),
        (["systemd", "--", "create", "/music", "--output", "out"], .usage, "slash"),
        (["systemd", "--", "create", "/music"], .usage, "--output"),
        (["cron", "--", "create", "--from", "-", "--output", "/out"], .usage, "standard input"),
        (["systemd", "--", "create", "--each", "music", "--output", "/out"], .usage, "slash"),
        (["cron", "--", "exec", "--", "python3", "x"], .usage, "whole path"),
        (["systemd", "--", "create", "/a:b", "--output", "/out"], .sourceOrPathWrong, ":"),
        (["systemd", "--name", "a/b", "--", "check"], .usage, "--name"),
        (["systemd", "--run-as", "a b", "--", "check"], .usage, "--run-as"),
        (["systemd", "--user", "--run-as", "nobody", "--", "check"], .usage, "--user"),
        (["systemd", "--systemd-version", "200", "--", "check"], .usage, "--systemd-version"),
        (["systemd", "--every", "45m", "--", "check"], .usage, "--every"),
        (["systemd", "--every", "1d", "--at", "03:00", "--", "check"], .usage, "one of them"),
        (["cron", "--at", "24:00", "--", "check"], .usage, "--at"),
        (["cron", "--schedule", "daily", "--", "check"], .usage, "five fields"),
        (["cron", "--schedule", "0 0 30 2 *", "--", "check"], .usage, "months"),
        (["systemd", "--schedule", "0 3 * * *", "--", "check"], .usage, "--schedule"),
        (["compose", "--every", "1d", "--", "check"], .usage, "--every"),
        (["compose", "--run-as", "nobody", "--", "check"], .usage, "--run-as"),
        (["cron", "--", "create", "/a\\b", "--output", "/out"], .usage, "backslash"),
        (["cron", "--", "create", "/a\nb", "--output", "/out"], .usage, "control"),
        (
            ["cron", "--", "create", "/music", "--output", "/out", "--comment", String(repeating: "x", count: 1000)],
            .usage, "bytes"
        ),
    ]

    @Test(arguments: refused.indices)
    func isRefused(row: Int) async throws {
        let (words, status, told) = Self.refused[row]
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let end = words.firstIndex(of: "--") ?? words.endIndex
            let run = try await home.run(["unit"] + words[..<end] + words[end...])
            #expect(run.status == status.rawValue, "\(run.text)\(run.error)")
            #expect(run.output.isEmpty)
            #expect(run.error.contains(told), "\(run.error)")
            #expect(run.error.contains("next: "))
        }
    }

    @Test func withoutCredentialsThereIsNoUnit() async throws {
        try await TestHome.with { home in
            try await Scene(home).run(["unit", "systemd", "--", "check"]).expectProblem(.credentialNotFound)
        }
    }

    /// A vault that only a person can open, until a key file is named.
    @Test func aPassphraseAloneIsNotForAUnit() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: scene.newSecret())
            try await scene.run(["unit", "systemd", "--", "check"]).expectProblem(.vaultCannotBeOpened)
            let told: ToldUnit = try await scene.unit(
                ["systemd", "--systemd-version", "248", "--key-file", "/etc/key"], ["check"])
            #expect(told.values("LoadCredential") == ["qbitvault.key:/etc/key"])
        }
    }

    @Test func theKeyringIsForYourOwnUnitsAlone() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = ["QBITVAULT_STORE": "keyring"]
            for kind in ["systemd", "compose"] {
                try await scene.run(["unit", kind, "--", "check"], environment: environment)
                    .expectProblem(.noKeyringService)
            }
            for words in [["systemd", "--user"], ["cron"]] {
                let told: ToldUnit = try await scene.unit(words, ["check"], environment: environment)
                #expect(told.files[0].text.contains("QBITVAULT_STORE=keyring"))
                #expect(told.files[0].text.contains("# The keyring answers while"))
            }
        }
    }

    /// A unit would make a configuration trusted that merely lies in the working folder.
    @Test func aFoundConfigurationIsNamedFirst() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let folder = home.path.appending("cloned")
            try Files.makeFolder(folder)
            try Files.makeFolder(folder.appending("config"))
            let file = folder.appending("config/config.yaml")
            try Files.write("qbittorrent:\n  port: 9\n", to: file)
            let words = ["unit", "cron", "--", "check"]
            try await scene.run(words, in: folder).expectProblem(.configuration)
            for words in [
                ["unit", "cron", "--config", file.string, "--", "check"],
                ["unit", "cron", "--", "check", "--config", file.string],
            ] {
                let run = try await scene.run(words, in: folder)
                try #require(run.status == 0, "\(run.error)")
                #expect(run.text.contains("QBITVAULT_CONFIG=\(file)"))
            }
        }
    }
}

import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What every command has in common.
@Suite(.timeLimit(.minutes(2))) struct InterfaceTests {
    static let commands = [
        ["setup"], ["check"], ["doctor"], ["create"], ["exec"], ["vault", "init"], ["vault", "status"],
        ["vault", "trust"], ["vault", "verify"], ["vault", "recover"], ["credential", "set"],
        ["credential", "get"], ["credential", "list"], ["credential", "delete"], ["credential", "where"],
        ["credential", "bind"], ["api"], ["trust", "show"], ["trust", "add"], ["trust", "remove"],
        ["server-hash"], ["unit", "systemd"], ["unit", "cron"], ["unit", "compose"],
        ["path", "map"], ["path", "check"], ["task", "list"], ["task", "fetch"], ["task", "delete"],
        ["task", "clean"], ["torrent", "show"],
    ]

    @Test(arguments: commands)
    func everyCommandExplainsItself(_ command: [String]) async throws {
        try await TestHome.with { home in
            let help = try await home.run(command + ["--help"])
            #expect(help.status == 0)
            #expect(help.error.isEmpty)
            for word in ["qbitvault \(command.joined(separator: " "))", "--config", "--no-input", "--json", "--quiet"] {
                #expect(help.text.contains(word))
            }
            #expect(try home.kept() == [])
        }
    }

    /// No option takes a secret as its value.
    @Test(arguments: commands)
    func noOptionTakesASecret(_ command: [String]) async throws {
        try await TestHome.with { home in
            for option in ["--password", "--passphrase", "--value", "--secret", "--key"] {
                let run = try await home.run(command + [option, "hush"])
                #expect(run.status == ExitStatus.usage.rawValue)
                #expect(run.output.isEmpty)
                #expect(!run.error.contains("hush"))
            }
        }
    }

    @Test(arguments: commands)
    func aMistypedOptionGetsASuggestion(_ command: [String]) async throws {
        try await TestHome.with { home in
            let needed = [
                ["exec"]: ["--", "true"], ["credential", "bind"]: ["--url", "http://nas"], ["api"]: ["app/version"],
                ["unit", "systemd"]: ["--", "check"], ["unit", "cron"]: ["--", "check"],
                ["unit", "compose"]: ["--", "check"],
            ]
            // A word that does as an argument too, where one is needed.
            let run = try await home.run(command + ["--confg", "get"] + needed[command, default: []])
            #expect(run.status == ExitStatus.usage.rawValue)
            #expect(
                run.error == """
                    qbitvault: Unknown option '--confg'. Did you mean '--config'?
                      where: qbitvault \(command.joined(separator: " "))
                      next:  qbitvault \(command.joined(separator: " ")) --help tells what it understands

                    """)
        }
    }

    @Test func theVersionIsOneLine() async throws {
        try await TestHome.with { home in
            let run = try await home.run(["--version"])
            #expect(run.status == 0)
            let numbers = run.text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
            #expect(run.text.hasSuffix("\n") && numbers.count == 3 && numbers.allSatisfy { Int($0) != nil })
        }
    }

    @Test func theProgramAloneExplainsItself() async throws {
        try await TestHome.with { home in
            let run = try await home.run([])
            #expect(run.status == 0)
            for command in Self.commands { #expect(run.text.contains("  \(command[0])  ")) }
        }
    }

    /// Whoever reads documents gets one, also where people only get a word beside the result.
    @Test func everyCommandGivesOneDocument() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let made: [String: String] = try await scene.succeeding(
                ["vault", "init", "--key-file", scene.keyFile.string])
            #expect(made == ["vault": scene.vault.string])
            let kept: [String: String] = try await scene.succeeding(
                ["credential", "set", "TRACKER", "--stdin"], input: scene.newSecret())
            #expect(
                kept == ["name": "TRACKER", "origin": "http://localhost:8080", "store": "vault \(scene.vault)"])
            struct Bound: Decodable { let names: [String], origins: [String], store: String }
            let bound: Bound = try await scene.succeeding(["credential", "bind", "--url", "https://nas"])
            #expect(bound.names == ["TRACKER"])
            #expect(bound.origins == ["https://nas:443"])
            struct Listing: Decodable {
                struct Row: Decodable { let server: String, name: String, origins: [String] }
                let credentials: [Row]
            }
            let list: Listing = try await scene.succeeding(["credential", "list"])
            #expect(list.credentials.map(\.origins) == [["https://nas:443"]])
            struct Sources: Decodable {
                struct Name: Decodable { let name: String }
                let names: [Name]
            }
            let sources: Sources = try await scene.succeeding(["credential", "where"])
            #expect(sources.names.map(\.name) == ["QBIT_USERNAME", "QBIT_PASSWORD", "QBIT_API_KEY"])
        }
    }

    @Test func quietIsWithoutWordsBesideTheResult() async throws {
        try await TestHome.with { home in
            let vault = ["QBITVAULT_VAULT": home.path.appending("second.qbv").string]
            let loud = try await home.run(["vault", "init"])
            #expect(loud.error.contains("the vault is "))
            let quiet = try await home.run(["vault", "init", "-q"], environment: vault)
            #expect(quiet.status == 0)
            #expect(quiet.error.isEmpty)
            #expect(quiet.output.isEmpty && loud.output.isEmpty)
        }
    }

    /// Its words come back on standard error: standard output has no room.
    @Test func aFullOutputIsNoticed() async throws {
        try await TestHome.with { home in
            _ = try await home.run(["vault", "init"])
            let run = try await home.run(["vault", "status"], by: ["sh", "-c", "exec \"$@\" >/dev/full", "sh"])
            #expect(run.status == ExitStatus.resultCannotBeWritten.rawValue)
            #expect(run.error.contains("where: standard output"))
        }
    }
}

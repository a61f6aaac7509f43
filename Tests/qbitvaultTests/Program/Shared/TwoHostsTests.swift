import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Two hosts, each with its own memory, that change copies of one vault apart.
@Suite(.timeLimit(.minutes(2))) struct TwoHostsTests {
    /// Each host notices the other's copy in the place of its own, and goes on with its own.
    @Test func eachNoticesTheOthersCopy() async throws {
        try await TestHome.with { home in
            let (one, two) = try await apart(Scene(home))
            try Files.write(two.copy, to: one.vault)
            try Files.write(one.copy, to: two.vault)
            for host in [one, two] {
                for words in [["credential", "list"], ["credential", "get", "COMMON"], ["vault", "status"]] {
                    let run = try await host.run(words + (words[1] == "get" ? [] : ["--json"]))
                    #expect(run.status == ExitStatus.vaultRolledBack.rawValue)
                    #expect(run.error.contains("changed apart, here and elsewhere"), "\(run.error)")
                }
                // A writer does not make it worse.
                let before = try Files.bytes(host.vault)
                #expect(try await host.keep("MORE", Secret.madeUp()) == ExitStatus.vaultRolledBack.rawValue)
                #expect(try Files.bytes(host.vault) == before)
            }
            try Files.write(one.copy, to: one.vault)
            try Files.write(two.copy, to: two.vault)
            for host in [one, two] { #expect(try await host.run(["credential", "get", host.name]).status == 0) }
        }
    }

    /// Moved back and forth without a change in between, nothing is forked, and each sees what the other wrote.
    @Test func takingTurnsIsNoFork() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let (one, two) = try await hosts(scene)
            for round in 0..<3 {
                for (host, other) in [(one, two), (two, one)] {
                    let value = Secret.madeUp()
                    #expect(try await host.keep("\(host.name)_\(round)", value) == 0)
                    try Files.write(host.copy, to: other.vault)
                    let read = try await other.run(["credential", "get", "\(host.name)_\(round)"])
                    let same = Secret(copying: read.output) == value
                    #expect(same)
                }
            }
        }
    }

    /// A host that has only looked at the other's copy has changed nothing apart, but knows a newer one afterwards.
    @Test func anOlderCopyIsNotTakenForAFork() async throws {
        try await TestHome.with { home in
            let (one, two) = try await hosts(Scene(home))
            let older = try one.copy
            #expect(try await two.keep("NEW", Secret.madeUp()) == 0)
            try Files.write(two.copy, to: one.vault)
            #expect(try await one.run(["credential", "list"]).status == 0)
            try Files.write(older, to: one.vault)
            let run = try await one.run(["credential", "list"])
            #expect(run.status == ExitStatus.vaultRolledBack.rawValue)
            #expect(run.error.contains("rolled back") && !run.error.contains("apart"))
        }
    }

    /// One says whose value counts, and both take what comes of it.
    @Test(arguments: ["mine", "theirs"]) func resolvedTheyAreOneAgain(side: String) async throws {
        try await TestHome.with { home in
            let (one, two) = try await hosts(Scene(home))
            let first = Secret.madeUp()
            let second = Secret.madeUp()
            #expect(try await one.keep("COMMON", first) == 0)
            #expect(try await one.keep(one.name, Secret.madeUp()) == 0)
            #expect(try await two.keep("COMMON", second) == 0)
            #expect(try await two.keep(two.name, Secret.madeUp()) == 0)
            try Files.write(two.copy, to: one.vault)

            // A copy's remedy is not the vault's.
            let none = try await one.run(["vault", "resolve", "--with", "/nonexistent/copy"])
            #expect(none.status == ExitStatus.credentialNotFound.rawValue)
            #expect(none.error.contains("no such copy") && !none.error.contains("setup"), "\(none.error)")
            let undecided = try await one.run(["vault", "resolve"])
            #expect(undecided.status == ExitStatus.vaultRolledBack.rawValue)
            #expect(undecided.error.contains("default:COMMON"), "\(undecided.error)")
            let unknown = try await one.run(["vault", "resolve", "--mine", "NONE"])
            #expect(unknown.status == ExitStatus.usage.rawValue)
            let both = try await one.run(["vault", "resolve", "--mine", "COMMON", "--theirs", "default:COMMON"])
            #expect(both.status == ExitStatus.usage.rawValue)

            let resolved = try await one.run(["vault", "resolve", "--\(side)", "COMMON", "--json"])
            #expect(resolved.status == 0)
            let told = try JSONDecoder().decode(Resolved.self, from: Data(resolved.output))
            #expect(told == Resolved(isForked: true, added: ["default:TWO"], side: side))
            try Files.write(one.copy, to: two.vault)
            for host in [one, two] {
                let read = try await host.run(["credential", "get", "COMMON"])
                let isChosen = Secret(copying: read.output) == (side == "mine" ? first.copy() : second.copy())
                #expect(isChosen)
                for name in [one.name, two.name] {
                    #expect(try await host.run(["credential", "get", name]).status == 0)
                }
                let lost = try await host.run(["credential", "get", "COMMON", "--earlier", "abandoned"])
                let isTheOther = Secret(copying: lost.output) == (side == "mine" ? second.copy() : first.copy())
                #expect(isTheOther)
                let list = try await host.run(["credential", "list"])
                #expect(String(decoding: list.output, as: UTF8.self).contains("default COMMON, abandoned value"))
                let none = try await host.run(["credential", "get", host.name, "--earlier", "previous"])
                #expect(none.status == ExitStatus.credentialNotFound.rawValue)
                let again = try await host.run(["vault", "resolve"])
                #expect(again.status == 0 && again.error.contains("not changed apart"))
            }
        }
    }

    /// No clock decides about a password but the server, whoever has the right one.
    @Test(arguments: ["mine", "theirs"]) func theServerSaysWhosePasswordCounts(side: String) async throws {
        try await TestHome.with { home in
            try await RealServer.with(.v5_3) { server in
                let (one, two) = try await hosts(Scene(home))
                let environment = ["QBITVAULT_URL": server.url]
                let name = Secret(copying: server.username.utf8)
                #expect(try await one.keep("QBIT_USERNAME", name, environment) == 0)
                try Files.write(one.copy, to: two.vault)
                let (right, wrong) = side == "mine" ? (one, two) : (two, one)
                #expect(try await right.keep("QBIT_PASSWORD", server.password(), environment) == 0)
                #expect(try await wrong.keep("QBIT_PASSWORD", Secret.madeUp(), environment) == 0)
                try Files.write(two.copy, to: one.vault)
                let run = try await one.run(["vault", "resolve", "--sign-in", "--json"], environment: environment)
                #expect(run.status == 0, "\(run.error)")
                let told = try JSONDecoder().decode(Resolved.self, from: Data(run.output))
                #expect((side == "mine" ? told.mine : told.theirs) == ["default:QBIT_PASSWORD"])
                #expect(try await one.run(["check"], environment: environment).status == 0)
            }
        }
    }

    private struct Resolved: Decodable, Hashable {
        var isForked: Bool
        var added: [String]
        var mine: [String]
        var theirs: [String]

        init(isForked: Bool, added: [String], side: String) {
            (self.isForked, self.added) = (isForked, added)
            (mine, theirs) = side == "mine" ? (["default:COMMON"], []) : ([], ["default:COMMON"])
        }
    }

    /// Both have changed what they had in common.
    private func apart(_ scene: Scene) async throws -> (Host, Host) {
        let (one, two) = try await hosts(scene)
        #expect(try await one.keep(one.name, Secret.madeUp()) == 0)
        #expect(try await two.keep(two.name, Secret.madeUp()) == 0)
        return (try one.remembering(), try two.remembering())
    }

    /// Two hosts with the same vault.
    private func hosts(_ scene: Scene) async throws -> (Host, Host) {
        let one = Host(scene, "ONE")
        let two = Host(scene, "TWO")
        for host in [one, two] { try scene.makeFolder(of: host.vault) }
        #expect(try await one.run(["vault", "init", "--key-file", one.key.string]).status == 0)
        #expect(try await one.keep("COMMON", Secret.madeUp()) == 0)
        try Files.write(one.copy, to: two.vault)
        #expect(try await two.run(["credential", "list"]).status == 0)
        return (one, two)
    }
}

/// A machine with a state folder and a vault of its own; the key file is on both.
private struct Host {
    let name: String
    private let home: TestHome
    private var known: [UInt8]?

    init(_ scene: Scene, _ name: String) {
        home = scene.home
        self.name = name
    }

    var vault: FilePath { home.path.appending(name).appending("vault.qbv") }
    var key: FilePath { home.path.appending("key") }

    /// Its file as it is now, or as it was when that was noted.
    var copy: [UInt8] { get throws { try known ?? Files.bytes(vault) } }

    func remembering() throws -> Host {
        var host = self
        host.known = try copy
        return host
    }

    func run(
        _ words: [String], input: ToolInput? = nil, environment: [String: String] = [:]
    ) async throws -> ToolRun {
        try await home.run(
            words, input: input,
            environment: [
                "QBITVAULT_VAULT": vault.string, "QBITVAULT_KEY_FILE": key.string,
                "STATE_DIRECTORY": home.path.appending(name).appending("state").string,
            ].merging(environment) { _, other in other })
    }

    func keep(
        _ name: String, _ value: borrowing Secret, _ environment: [String: String] = [:]
    ) async throws -> Int32 {
        try await run(["credential", "set", name, "--stdin"], input: .secret(value), environment: environment).status
    }
}

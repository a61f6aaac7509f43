import SystemPackage
import TestSupport

/// A home that is this user's in the system's own list, so that whoever looks there finds it, and two ways to run in it:
/// at a person's shell, and where nobody is.
struct PersonsHome: Sendable {
    let scene: Scene

    static func with(_ body: (PersonsHome) async throws -> Void) async throws {
        try await TestHome.with { home in
            let person = PersonsHome(scene: Scene(home))
            try Files.write("root:x:0:0:root:\(home.path):/bin/sh\n", to: person.users)
            try await body(person)
        }
    }

    var path: FilePath { scene.home.path }
    var configuration: FilePath { path.appending(".config/qbitvault/config.yaml") }
    var state: FilePath { path.appending(".local/state/qbitvault") }
    var vault: FilePath { path.appending(".local/share/qbitvault/vault.qbv") }
    private var users: FilePath { path.appending("passwd") }

    func configure(_ text: String) throws {
        try scene.makeFolder(of: configuration)
        try Files.write(text, to: configuration)
        try Files.setMode(configuration, 0o600)
    }

    /// Runs the program with the variables of a person's shell, without more words than needed.
    func run(
        _ words: [String], input: ToolInput? = nil, _ variables: [String: String] = [:]
    ) async throws -> ToolRun {
        let options = words.prefix { $0 != "--" }
        return try await scene.home.run(
            options + ["--json", "--quiet"] + words.dropFirst(options.count), input: input, by: starter(variables))
    }

    func succeed(_ words: [String], input: ToolInput? = nil, _ variables: [String: String] = [:]) async throws {
        let run = try await run(words, input: input, variables)
        guard run.status == 0 else { throw ToolFailure(program: "\(words)", status: run.status, said: run.error) }
    }

    /// A command line of the person's, as it was suggested.
    func shell(_ line: String, _ variables: [String: String]) async throws -> ToolRun {
        let tool = try TestHome.tool.removingLastComponent()
        var all = variables
        all["PATH"] = "\(tool):/usr/bin:/bin"
        // The program itself, which comes last, is only a word to this shell.
        return try await scene.home.run([], by: starter(all) + ["sh", "-c", line])
    }

    /// Runs the program as cron does: no terminal, no input, nothing that a login would have set.
    func runUnattended(_ words: [String]) async throws -> ToolRun {
        let variables = ["LOGNAME": "root", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"]
        return try await scene.home.run(words + ["--json"], by: starter(variables) + ["setsid", "--wait"])
    }

    private func starter(_ variables: [String: String]) -> [String] {
        let all = ["HOME": path.string, "PATH": "/usr/bin:/bin"].merging(variables) { $1 }
        return [
            "unshare", "--map-root-user", "--mount", "sh", "-ec", #"mount --bind "$0" /etc/passwd; exec "$@""#,
            users.string, "env", "-i",
        ] + all.map { "\($0.key)=\($0.value)" }
    }
}

/// What `doctor --json` tells.
struct ToldDoctor: Decodable {
    struct Check: Decodable {
        let check: String
        let verdict: String
        let what: String
        let next: String?
        let status: Int32?
    }

    let surrounding: String?
    let checks: [Check]
    let failures: Int
    let warnings: Int

    private enum CodingKeys: String, CodingKey { case surrounding = "as", checks, failures, warnings }

    func first(_ check: String) -> Check? { checks.first { $0.check == check } }
}

/// What `doctor --all-servers` tells of one; the first row is of none.
struct ToldServerDoctor: Decodable {
    let name: String?
    let checks: [ToldDoctor.Check]
    let failures: Int

    private enum CodingKeys: String, CodingKey { case name = "server_name", checks, failures }
}

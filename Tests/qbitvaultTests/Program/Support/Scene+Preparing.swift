import Secrets
import SystemPackage
import TestSupport

extension Scene {
    var vault: FilePath { home.data.appending("qbitvault/vault.qbv") }
    var keyFile: FilePath { home.state.appending("key") }
    var userConfiguration: FilePath { home.configuration.appending("qbitvault/config.yaml") }

    /// Makes a vault that a key file opens, with a password in it.
    func makeVault() async throws {
        try await succeed(["vault", "init", "--key-file", keyFile.string])
        try await keepPassword()
    }

    func keepPassword() async throws {
        try await succeed(["credential", "set", "QBIT_PASSWORD", "--stdin"], input: newSecret())
    }

    /// Keeps a name, and a password that no server knows.
    @discardableResult
    func keepStalePassword(
        _ username: String, _ environment: [String: String], _ options: [String] = []
    ) async throws -> Secret {
        let password = newSecret()
        let words = ["credential", "set", "--stdin"] + options
        try await succeed(words + ["QBIT_USERNAME"], input: Secret(copying: username.utf8), environment: environment)
        try await succeed(words + ["QBIT_PASSWORD"], input: password.copy(), environment: environment)
        return password
    }

    /// What makes a run sign in to `server`: with its password, or with one that is wrong.
    func environment(for server: RealServer, wrong: Bool = false) -> [String: String] {
        let password = wrong ? newSecret() : server.password()
        hold(password)
        return environment(for: server.url, password, username: server.username)
    }

    /// What makes a run sign in to `server` by another address: a proxy's.
    func environment(for server: RealServer, at url: String) -> [String: String] {
        environment(for: server).merging(["QBITVAULT_URL": url]) { $1 }
    }

    /// What makes a run sign in to `server`, which the configuration calls by these names.
    func environment(for server: RealServer, as names: String...) -> [String: String] {
        let password = server.password()
        hold(password)
        return names.reduce(into: [:]) { variables, name in
            variables["QBIT_USERNAME__\(name.uppercased())"] = server.username
            variables["QBIT_PASSWORD__\(name.uppercased())"] = password.text ?? ""
        }
    }

    /// What makes a run sign in to an address with a password that is made up.
    func environment(for url: String) -> [String: String] { environment(for: url, newSecret()) }

    private func environment(
        for url: String, _ password: borrowing Secret, username: String = "admin"
    ) -> [String: String] {
        ["QBITVAULT_URL": url, "QBIT_USERNAME": username, "QBIT_PASSWORD": password.text ?? ""]
    }

    /// Sets up `server` as a script does: into the vault, with a key file, from standard input.
    func setUp(_ server: RealServer, _ options: [String] = []) async throws -> ToolRun {
        let password = server.password()
        hold(password)
        return try await run(setupWords(server) + options, input: password)
    }

    func setupWords(_ server: RealServer) -> [String] {
        [
            "setup", "--url", server.url, "--username", server.username, "--password-stdin", "--store", "vault",
            "--key-file", keyFile.string, "--no-input",
        ]
    }

    /// A file to make a torrent of.
    func makeSource() throws -> FilePath {
        let path = home.path.appending("source")
        try Files.write((0..<40_000).map { _ in UInt8.random(in: .min ... .max) }, to: path)
        return path
    }
}

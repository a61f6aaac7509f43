import Secrets
import SystemPackage
import TestSupport

@testable import CredentialStores

/// A home whose vault would answer for everything, and a source that is stronger.
struct SourceHome: Sendable {
    let scene: Scene
    /// What the source under test gives.
    let password: String
    /// Where tests put what it reads.
    var folder: FilePath { scene.home.path.appending("supplied") }

    static func with(_ body: (SourceHome) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try makeVault(scene)
            let made = SourceHome(scene: scene, password: scene.newSecret().text ?? "")
            try Files.makeFolder(made.folder)
            try await body(made)
        }
    }

    private static func makeVault(_ scene: Scene) throws {
        let state = scene.home.state.appending("qbitvault")
        let key = state.appending("vault.key")
        try KeyFile.make(key)
        let store = VaultStore(scene.vault, state: state) { (_) throws(StoreError) in try KeyFile.read(key) }
        try store.make(with: .keyFile)
        try store.write(
            Credentials(username: "kept", password: scene.newSecret()), server: CredentialKey.defaultServer,
            boundTo: "http://localhost:8080")
    }

    /// A file with a secret in it, as somebody supplies it.
    @discardableResult
    func supply(_ name: String, _ content: String, mode: UInt32 = 0o400) throws -> FilePath {
        let path = folder.appending(name)
        try scene.write(Array(content.utf8), to: path, mode: mode)
        return path
    }

    /// A program that prints what `content` prints; the shell finds a name in `$1`, a server in `$2`.
    func program(_ content: String) throws -> FilePath {
        let path = scene.home.path.appending("tell")
        try scene.write(Array("#!/bin/sh\n\(content)\n".utf8), to: path, mode: 0o700)
        return path
    }

    /// Has a command answer, with these lines under `credentials:`.
    func configure(command: [String], _ lines: [String] = []) throws {
        let words = command.map { "'\($0)'" }.joined(separator: ", ")
        try scene.configure("credentials: {\((["command: [\(words)]"] + lines).joined(separator: ", "))}\n")
    }

    /// User name and password as a program gets them.
    func signIn(
        _ options: [String] = [], _ environment: [String: String] = [:], by starter: [String] = []
    ) async throws -> ToolRun {
        try await scene.home.run(
            ["exec", "--quiet"] + options + ["--", "sh", "-c", #"printf %s "$QBIT_USERNAME:$QBIT_PASSWORD""#],
            environment: environment, by: starter)
    }

    /// The environment of a unit with credentials.
    var unit: [String: String] { ["CREDENTIALS_DIRECTORY": folder.string] }
}

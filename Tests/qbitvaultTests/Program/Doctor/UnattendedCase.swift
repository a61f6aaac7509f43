import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// One way in which somebody has set things up, and what comes of it where nobody is.
struct UnattendedCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What a run there ends with.
    let status: ExitStatus
    /// Whether the command that is suggested mends it by itself.
    let isMended: Bool
    /// Sets things up for a server, and returns what the person's shell has set.
    let prepare: @Sendable (PersonsHome, RealServer) async throws -> [String: String]

    init(
        _ description: String, _ status: ExitStatus, isMended: Bool = false,
        _ prepare: @escaping @Sendable (PersonsHome, RealServer) async throws -> [String: String]
    ) {
        testDescription = description
        self.status = status
        self.isMended = isMended
        self.prepare = prepare
    }

    static let all = [
        UnattendedCase("a vault with a key file", .done) { person, server in
            try await setUp(person, server, ["--key-file", person.path.appending("any.key").string])
            return [:]
        },
        UnattendedCase("a vault with a passphrase alone", .vaultCannotBeOpened, isMended: true) { person, server in
            try await makePassphraseVault(person, server)
        },
        UnattendedCase("a vault whose key file is named in the shell", .vaultCannotBeOpened, isMended: true) {
            person, server in
            let key = person.path.appending("own.key")
            try await setUp(person, server, ["--key-file", key.string])
            // Nothing is known of the file but its name in the shell.
            try Files.remove(person.state.appending("store.json"))
            return ["QBITVAULT_KEY_FILE": key.string]
        },
        UnattendedCase("a keyring alone", .noKeyringService) { person, server in
            try person.configure("qbittorrent: {url: \"\(server.url)\"}\ncredentials: {store: keyring}\n")
            return [:]
        },
        UnattendedCase("plain text beside the configuration", .done) { person, server in
            try person.configure("qbittorrent: {url: \"\(server.url)\"}\n")
            let text = "QBIT_USERNAME=\(server.username)\nQBIT_PASSWORD=\(server.password().text ?? "")\n"
            try person.scene.write(
                Array(text.utf8), to: person.configuration.removingLastComponent().appending(".env"))
            return [:]
        },
        UnattendedCase("variables of the shell", .credentialNotFound, isMended: true) { person, server in
            try person.configure("qbittorrent: {url: \"\(server.url)\"}\n")
            return ["QBIT_USERNAME": server.username, "QBIT_PASSWORD": server.password().text ?? ""]
        },
        UnattendedCase("a vault in a folder that the shell names", .credentialNotFound) { person, server in
            try person.configure("qbittorrent: {url: \"\(server.url)\"}\n")
            let folders = ["XDG_DATA_HOME": person.path.appending("elsewhere").string]
            try await setUp(person, server, ["--key-file", person.path.appending("any.key").string], folders)
            try Files.remove(person.state.appending("store.json"))
            return folders
        },
        UnattendedCase("a key file that is open to others", .unsafePermissions) { person, server in
            let key = person.path.appending("any.key")
            try await setUp(person, server, ["--key-file", key.string])
            try Files.setMode(key, 0o640)
            return [:]
        },
        UnattendedCase("nothing at all", .credentialNotFound) { person, server in
            try person.configure("qbittorrent: {url: \"\(server.url)\"}\n")
            return [:]
        },
    ]

    private static func setUp(
        _ person: PersonsHome, _ server: RealServer, _ options: [String], _ variables: [String: String] = [:]
    ) async throws {
        let words = [
            "setup", "--url", server.url, "--username", server.username, "--password-stdin", "--store", "vault",
            "--no-input",
        ]
        try await person.succeed(words + options, input: .secret(server.password()), variables)
    }

    private static func makePassphraseVault(
        _ person: PersonsHome, _ server: RealServer
    ) async throws -> [String: String] {
        try person.configure("qbittorrent: {url: \"\(server.url)\"}\n")
        let passphrase = person.path.appending("passphrase")
        try person.scene.write(Array((person.scene.newSecret().text ?? "").utf8), to: passphrase)
        let variables = ["QBITVAULT_PASSPHRASE_FILE": passphrase.string]
        try await person.succeed(
            ["vault", "init", "--passphrase-stdin"], input: .bytes(try Files.bytes(passphrase)))
        let name = try ToolInput.text(server.username)
        try await person.succeed(["credential", "set", "QBIT_USERNAME", "--stdin"], input: name, variables)
        try await person.succeed(
            ["credential", "set", "QBIT_PASSWORD", "--stdin"], input: .secret(server.password()), variables)
        return variables
    }
}

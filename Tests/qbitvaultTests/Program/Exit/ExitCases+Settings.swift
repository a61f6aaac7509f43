import Secrets
import SystemPackage
import TestSupport

@testable import qbitvault

extension ExitCase {
    static let settings = [
        ExitCase(.usage, "an option that does not exist") { try await $0.run(["check", "--jsn"]) },
        ExitCase(.usage, "a secret where none belongs") { scene in
            try await scene.run(["check", "--password-stdin", scene.newSecret().text ?? ""])
        },
        ExitCase(.usage, "a secret in the place of a descriptor") { scene in
            try await scene.run(["check", "--password-fd", scene.newSecret().text ?? ""])
        },
        ExitCase(.usage, "two sources for one password") { scene in
            try await scene.run(["check", "--password-stdin", "--password-fd", "0"])
        },
        ExitCase(.usage, "a secret as JSON") { try await $0.run(["credential", "get", "QBIT_PASSWORD"]) },
        ExitCase(.usage, "an address that is none") { scene in
            try await scene.run(["setup", "--url", "ftp://127.0.0.1", "--username", "admin"])
        },
        ExitCase(.usage, "a question that nobody can answer") { scene in
            try await scene.run(["credential", "set", "QBIT_PASSWORD"])
        },
        ExitCase(.usage, "a set-up without a password") { scene in
            try await scene.run(["setup", "--url", "http://127.0.0.1:1", "--username", "admin"])
        },
        ExitCase(.usage, "no command to run") { try await $0.run(["exec"]) },
        ExitCase(.usage, "a piece size that is none") { scene in
            try await scene.run(["create", scene.makeSource().string, "--piece-size", "3MiB"])
        },
        ExitCase(.doctorFoundFailures, "a doctor that finds no password") { scene in
            try await scene.run(["doctor", "--as", "cron"], environment: ["QBITVAULT_URL": "http://127.0.0.1:1"])
        },
        ExitCase(.configuration, "a configuration that is not there") { scene in
            try await scene.run(["check", "--config", "/nonexistent/config.yaml"])
        },
        ExitCase(.configuration, "a key that does not exist") { scene in
            try scene.configure("qbittorrent:\n  prot: 8080\n")
            return try await scene.run(["check"])
        },
        ExitCase(.configuration, "a value of the wrong type") { scene in
            try scene.configure("qbittorrent:\n  port: eighty\n")
            return try await scene.run(["check"])
        },
        ExitCase(.configuration, "a text that is not YAML") { scene in
            try scene.configure("qbittorrent: [\n")
            return try await scene.run(["check"])
        },
        ExitCase(.configuration, "TLS weakened by the environment") { scene in
            try await scene.run(["check"], environment: ["QBITVAULT_VERIFY_TLS": "false"])
        },
        ExitCase(.configuration, "a user without folders") { scene in
            try await scene.run(["vault", "status"], by: ["env", "-u", "HOME", "-u", "XDG_DATA_HOME"])
        },
        ExitCase(.configuration, "a set-up of another server than the configured one") { scene in
            try scene.configure("qbittorrent:\n  url: http://127.0.0.1:8080\n")
            return try await scene.run(
                ["setup", "--url", "http://127.0.0.1:8081", "--username", "admin", "--password-stdin"],
                input: scene.newSecret())
        },
        ExitCase(.configuration, "a record of the store that is damaged") { scene in
            try await scene.makeVault()
            try Files.write("{", to: scene.home.state.appending("qbitvault/store.json"))
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.configuration, "a store that the configuration does not want") { scene in
            try scene.configure("credentials:\n  store: keyring\n")
            return try await scene.run(
                ["setup", "--store", "vault", "--username", "admin", "--password-stdin"], input: scene.newSecret())
        },
    ]
}

extension Scene {
    /// The user's own configuration.
    func configure(_ text: String, mode: UInt32 = 0o600) throws {
        try makeFolder(of: userConfiguration)
        try Files.write(text, to: userConfiguration)
        try Files.setMode(userConfiguration, mode)
    }

    /// The fallback beside it.
    var dotEnv: FilePath { userConfiguration.removingLastComponent().appending(".env") }

    func makeFolder(of path: FilePath) throws { try Files.makeFolder(path.removingLastComponent()) }
}

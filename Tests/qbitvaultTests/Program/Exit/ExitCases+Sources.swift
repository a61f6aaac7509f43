import Secrets
import SystemPackage
import TestSupport

@testable import qbitvault

extension ExitCase {
    static let sources = [
        ExitCase(.credentialNotFound, "nothing kept, and the server wants a login") { scene in
            try await scene.run(["check"], environment: ["QBITVAULT_URL": RealServer.shared(.v5_1).url])
        },
        ExitCase(.credentialNotFound, "a name that the vault does not have") { scene in
            try await scene.makeVault()
            return try await scene.run(["credential", "delete", "TRACKER"])
        },
        ExitCase(.credentialNotFound, "a password without a user name beside it") { scene in
            try await scene.makeVault()
            return try await scene.run(["exec", "--", "true"], environment: ["QBIT_USERNAME": "left over"])
        },
        ExitCase(.secretSourceFailed, "a password in the environment that is empty") { scene in
            try await scene.makeVault()
            return try await scene.run(["exec", "--", "true"], environment: ["QBIT_PASSWORD": ""])
        },
        ExitCase(.secretSourceFailed, "a password that is given twice") { scene in
            let environment = scene.environment(for: "http://127.0.0.1").merging(["QBIT_PASSWORD_FILE": "x"]) { $1 }
            return try await scene.run(["exec", "--", "true"], environment: environment)
        },
        ExitCase(.secretSourceFailed, "a password's file that is not there") { scene in
            try await scene.run(["exec", "--", "true"], environment: ["QBIT_PASSWORD_FILE": "/nonexistent/password"])
        },
        ExitCase(.secretSourceFailed, "an empty password on standard input") { scene in
            try await scene.run(["check", "--username", "admin", "--password-stdin"])
        },
        ExitCase(.secretSourceFailed, "a descriptor that is not open") { scene in
            try await scene.run(["check", "--username", "admin", "--password-fd", "9"])
        },
        ExitCase(.secretSourceFailed, "a line of .env that cannot be read") { scene in
            let secret = scene.newSecret()
            try scene.makeFolder(of: scene.dotEnv)
            try scene.write(Array("QBIT_PASSWORD='\(secret.text ?? "")\n".utf8), to: scene.dotEnv)
            return try await scene.run(["exec", "--", "true"])
        },
        ExitCase(.secretSourceFailed, "a key file that is none") { scene in
            try await scene.makeVault()
            try Files.write("too short", to: scene.keyFile)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.credentialBelongsElsewhere, "a password that was kept for another server") { scene in
            try await scene.makeVault()
            return try await scene.run(
                ["exec", "--", "true"], environment: ["QBITVAULT_URL": "https://elsewhere.example"])
        },
    ]

    static let permissions = [
        ExitCase(.unsafePermissions, "a configuration that the group may write") { scene in
            try scene.configure("qbittorrent: {}\n", mode: 0o660)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.unsafePermissions, "a vault that the group may read") { scene in
            try await scene.makeVault()
            try Files.setMode(scene.vault, 0o640)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.unsafePermissions, "a key file that the group may read") { scene in
            try await scene.makeVault()
            try Files.setMode(scene.keyFile, 0o640)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.unsafePermissions, "a .env that all may read") { scene in
            try scene.makeFolder(of: scene.dotEnv)
            try scene.write(
                Array("QBIT_PASSWORD=\(scene.newSecret().text ?? "")\n".utf8), to: scene.dotEnv, mode: 0o644)
            return try await scene.run(["exec", "--", "true"])
        },
        ExitCase(.unsafePermissions, "a password's file that the group may write") { scene in
            let path = scene.home.path.appending("password")
            try scene.write(Array((scene.newSecret().text ?? "").utf8), to: path, mode: 0o620)
            return try await scene.run(["exec", "--", "true"], environment: ["QBIT_PASSWORD_FILE": path.string])
        },
        ExitCase(.unsafePermissions, "a record of the store that all may read") { scene in
            try await scene.makeVault()
            try Files.setMode(scene.home.state.appending("qbitvault/store.json"), 0o644)
            return try await scene.run(["credential", "list"])
        },
    ]
}

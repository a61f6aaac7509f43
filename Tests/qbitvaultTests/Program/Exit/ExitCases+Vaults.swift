import Glibc
import Secrets
import SystemPackage
import TestSupport

@testable import qbitvault

extension ExitCase {
    static let vaults = [
        ExitCase(.vaultCannotBeOpened, "the key file of another vault") { scene in
            try await scene.makeVault()
            try Files.write((0..<32).map { _ in .random(in: .min ... .max) }, to: scene.keyFile)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.vaultCannotBeOpened, "no key at all") { scene in
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: scene.newSecret())
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.vaultCannotBeOpened, "another passphrase") { scene in
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: scene.newSecret())
            return try await scene.run(["credential", "list"], environment: scene.passphrase(scene.newSecret()))
        },
        ExitCase(.credentialNotFound, "no vault where one is named") { scene in
            try await scene.run(["vault", "status"])
        },
        ExitCase(.vaultRolledBack, "an older copy of the vault") { scene in
            try await scene.makeVault()
            let older = try Files.bytes(scene.vault)
            try await scene.keepPassword()
            try Files.write(older, to: scene.vault)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.vaultRolledBack, "a vault of somebody else in its place") { scene in
            try await scene.makeVault()
            let other = scene.home.path.appending("other.qbv")
            try await scene.succeed(
                ["vault", "init", "--key-file", scene.keyFile.string], environment: ["QBITVAULT_VAULT": other.string])
            try Files.write(Files.bytes(other), to: scene.vault)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.busy, "a vault that another process is changing") { scene in
            try await scene.makeVault()
            let lock = try FileDescriptor.open(FilePath(scene.vault.string + ".lock"), .readWrite)
            defer { try? lock.close() }
            guard flock(lock.rawValue, LOCK_EX) == 0 else { throw Errno(rawValue: errno) }
            return try await scene.run(["credential", "set", "TRACKER", "--stdin"], input: scene.newSecret())
        },
        ExitCase(.vaultDamaged, "one byte that is another") { scene in
            try await scene.makeVault()
            var bytes = try Files.bytes(scene.vault)
            bytes[bytes.count / 2] ^= 1
            try Files.write(bytes, to: scene.vault)
            return try await scene.run(["credential", "list"])
        },
        ExitCase(.vaultDamaged, "an empty file") { scene in
            try await scene.makeVault()
            try Files.write("", to: scene.vault)
            return try await scene.run(["vault", "status"])
        },
        ExitCase(.notEnoughMemory, "a passphrase where memory is short") { scene in
            let passphrase = scene.newSecret()
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: passphrase.copy())
            return try await scene.run(
                ["credential", "list"], environment: scene.passphrase(passphrase),
                by: ["prlimit", "--as=\(350 << 20)"])
        },
        ExitCase(.resultCannotBeWritten, "a second vault in the place of the first") { scene in
            try await scene.makeVault()
            return try await scene.run(["vault", "init", "--key-file", scene.keyFile.string])
        },
    ]
}

extension Scene {
    /// What makes a run open the vault by a passphrase.
    func passphrase(_ passphrase: borrowing Secret) throws -> [String: String] {
        let path = home.path.appending("passphrase")
        try write(Array((passphrase.text ?? "").utf8), to: path)
        return ["QBITVAULT_PASSPHRASE_FILE": path.string]
    }
}

import ArgumentParser
import CredentialStores
import Secrets
import SecureFiles
import SystemPackage

/// What a new slot is opened by.
struct NewSlotOptions: ParsableArguments {
    @Option(help: ArgumentHelp("By this key file, made (0600) when it is not there.", valueName: "file"))
    var keyFile: String?

    @Flag(help: "By a passphrase that is typed.")
    var passphrase = false

    @Flag(help: "By a passphrase read from standard input. One newline at the end is removed.")
    var passphraseStdin = false

    @Option(help: ArgumentHelp("By this machine, or the one that --key-output is for.", valueName: "name"))
    var host: String?

    @Option(help: ArgumentHelp("Where the private part of --host goes, for another machine.", valueName: "file"))
    var keyOutput: String?

    @Flag(help: "By a recovery code, which is printed once.")
    var recovery = false

    func validate() throws {
        let ways = [keyFile != nil, passphrase, passphraseStdin, host != nil, recovery].count(where: \.self)
        guard ways == 1 else {
            throw ValidationError(
                "Choose one of --key-file FILE, --passphrase, --passphrase-stdin, --host NAME and --recovery.")
        }
        if keyOutput != nil, host == nil { throw ValidationError("--key-output goes with --host.") }
    }

    var isPassphrase: Bool { passphrase || passphraseStdin }

    var kind: Slot.Kind {
        if keyFile != nil { return .keyFile }
        if host != nil { return .host }
        return recovery ? .recovery : .passphrase(.moderate)
    }

    /// A host's name is said; the others are called by what they are.
    var usualName: SlotName {
        if let host { return .exactly(host) }
        return .like(keyFile != nil ? "key-file" : recovery ? "recovery" : "passphrase")
    }

    /// The new key, and the file that it is in.
    struct New: ~Copyable {
        let key: VaultKey
        let file: FilePath?
    }

    func key(in context: Context) throws -> New {
        if recovery { return New(key: RecoveryCode.make(), file: nil) }
        if passphraseStdin {
            let secret = try SecretInput.standardInput(for: "--passphrase-stdin")
            return New(key: VaultKey(.passphrase, secret), file: nil)
        }
        if passphrase {
            let secret = try context.world.prompt.askNewSecret(
                "New passphrase", again: "New passphrase once more")
            return New(key: VaultKey(.passphrase, secret), file: nil)
        }
        let file =
            try keyFile.map { FilePath($0) } ?? keyOutput.map { FilePath($0) }
            ?? HostKey.path(in: context.world.folders.state)
        if try !context.exists(file) {
            do { try KeyFile.make(file) } catch { throw Problem(writing: error) }
        }
        return New(key: try KeyFile.read(file), file: file)
    }
}

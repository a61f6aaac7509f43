import CredentialStores
import SecureFiles
import SystemPackage

extension Context {
    /// Where the vault's key is looked for, one and the same search in a run: a descriptor is read once.
    func vaultKeys() throws -> KeySearch {
        try known.keys { KeySearch(try keySources(), of: Place(.vault, try vaultPath().string)) }
    }

    /// The strongest first: what was given to this run, the environment, what systemd or a container supplies, the
    /// configuration, what this program has made, a person.
    private func keySources() throws -> [KeySource] {
        let named = settings.credentials.keyFile
        let isNamedByVariable = world.environment(Self.keyFileVariable)?.isEmpty == false
        let recorded = try StoreRecord.read(in: world.folders)?.keyFile.map { FilePath($0) }
        let command = settings.credentials.passphraseCommand
        var sources = givenSources
        sources += [
            keyFile(Self.keyFileVariable, isNamedByVariable ? named : nil),
            KeySource(
                Self.passphraseFileVariable,
                passphraseFile.map { .file($0, .passphrase, .supplied) }),
            KeySource("$CREDENTIALS_DIRECTORY", credentialsDirectory.map { .folder($0) }),
            KeySource(Self.secretsFolder.string, .folder(Self.secretsFolder)),
            KeySource("credentials.passphrase_command", command.map { .command(keyCommand($0)) }),
        ]
        // There it is the variable's.
        if !isNamedByVariable { sources.append(keyFile("credentials.key_file", named)) }
        sources += [
            KeySource("the key file on record", recorded.map { .file($0, .key, .strict) }, isNamed: false),
            KeySource("the usual key file", .file(try usualKeyFile(), .key, .strict), isNamed: false),
            KeySource("this host's key", .host(HostKey.path(in: try world.folders.state)), isNamed: false),
            KeySource("a person at the terminal", asking, isNamed: false),
        ]
        return sources
    }

    /// Where a key file is made when nobody says otherwise: away from the vault, so that a copy of one is not both.
    func usualKeyFile() throws -> FilePath { try world.folders.state.appending("vault.key") }

    private static let keyFileVariable = "QBITVAULT_KEY_FILE"
    private static let passphraseFileVariable = "QBITVAULT_PASSPHRASE_FILE"

    private var givenSources: [KeySource] {
        var key: KeySource.Means?
        var passphrase: KeySource.Means?
        var command: KeySource.Means?
        switch world.vaultAccess.given {
        case .keyDescriptor(let descriptor): key = .descriptor(descriptor, .key)
        case .passphraseDescriptor(let descriptor): passphrase = .descriptor(descriptor, .passphrase)
        case .command(let words): command = .command(keyCommand(words))
        case nil: break
        }
        return [
            KeySource("--key-fd", key), KeySource("--passphrase-fd", passphrase),
            KeySource("--passphrase-command", command),
        ]
    }

    private func keyCommand(_ words: [String]) -> SecretCommand {
        SecretCommand(words, patience: settings.credentials.commandTimeout, as: .keyCommand)
    }

    /// A file that systemd or a container supplies may be a link and readable, wherever its name comes from.
    private func keyFile(_ name: String, _ path: FilePath?) -> KeySource {
        let supplying = [world.environment("CREDENTIALS_DIRECTORY").map { FilePath($0) }, Self.secretsFolder]
        return KeySource(
            name,
            path.map { path in
                let isSupplied = supplying.contains { folder in
                    folder.map { !$0.isEmpty && path.lexicallyNormalized().starts(with: $0) } ?? false
                }
                return .file(path, .key, isSupplied ? .supplied : .strict)
            })
    }

    /// An empty variable is not set.
    private var passphraseFile: FilePath? {
        world.environment(Self.passphraseFileVariable).flatMap { $0.isEmpty ? nil : FilePath($0) }
    }

    private var asking: KeySource.Means {
        let prompt = world.prompt
        guard prompt.isAllowed else { return .person(nil) }
        return .person { kinds throws(StoreError) in
            let place = Place(.option, "the terminal")
            do throws(PromptError) {
                return VaultKey(.passphrase, try prompt.askSecret(kinds.question), from: place)
            } catch {
                if case .interrupted(let signal) = error.code {
                    throw StoreError(.interrupted(signal: signal), at: place)
                }
                throw StoreError(.noKey, at: place)
            }
        }
    }
}

extension [Slot.Kind] {
    /// What a person is asked for.
    fileprivate var question: String {
        switch (contains(where: \.isPassphrase), contains(.recovery)) {
        case (true, true): "Passphrase or recovery code of the vault"
        case (false, true): "Recovery code of the vault"
        default: "Passphrase of the vault"
        }
    }
}

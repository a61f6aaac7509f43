import SystemPackage
import TestSupport

/// Where a vault's key can be, strongest first: the order that is documented.
enum KeyPlace: String, CaseIterable, Sendable {
    case keyDescriptor = "--key-fd"
    case passphraseDescriptor = "--passphrase-fd"
    case commandOption = "--passphrase-command"
    case keyVariable = "QBITVAULT_KEY_FILE"
    case passphraseVariable = "QBITVAULT_PASSPHRASE_FILE"
    case systemd = "$CREDENTIALS_DIRECTORY"
    case container = "/run/secrets"
    case command = "credentials.passphrase_command"
    case configured = "credentials.key_file"
    case recorded = "the key file on record"
    case usual = "the usual key file"

    /// Three options, of which a run takes one.
    var isOption: Bool { self <= .commandOption }

    /// Whether it gives a key and no passphrase. What systemd supplies is a key here, a container's a passphrase.
    var givesKey: Bool {
        switch self {
        case .keyDescriptor, .keyVariable, .systemd, .configured, .recorded, .usual: true
        case .passphraseDescriptor, .commandOption, .passphraseVariable, .container, .command: false
        }
    }

    /// What makes the vault's key come from here.
    func right(in keys: KeyHome) throws -> GivenKey { try give(givesKey ? keys.key : keys.passphrase, in: keys) }

    /// The same for something that is there and cannot be used: a key of 31 bytes, an empty passphrase.
    func failing(in keys: KeyHome) throws -> GivenKey {
        let file = keys.scene.home.path.appending("failing")
        try Files.write([UInt8](repeating: 1, count: givesKey ? 31 : 0), to: file)
        return try give(file, in: keys)
    }

    private var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    static func <= (a: Self, b: Self) -> Bool { a.index <= b.index }

    /// Puts the content of a file there, or something that fails when it is used.
    func give(_ file: FilePath, in keys: KeyHome) throws -> GivenKey {
        let scene = keys.scene
        let path = file.string
        let name = "qbitvault." + (givesKey ? "key" : "passphrase")
        switch self {
        case .keyDescriptor: return GivenKey(words: ["--key-fd", "7"], shell: ["exec 7<'\(path)'"])
        case .passphraseDescriptor: return GivenKey(words: ["--passphrase-fd", "7"], shell: ["exec 7<'\(path)'"])
        case .commandOption: return GivenKey(words: ["--passphrase-command", "cat '\(path)'"])
        case .keyVariable: return GivenKey(environment: [rawValue: path])
        case .passphraseVariable: return GivenKey(environment: [rawValue: path])
        case .systemd:
            let folder = scene.home.path.appending("credentials")
            try Files.makeFolder(folder)
            try scene.write(Files.bytes(file), to: folder.appending(name), mode: 0o400)
            return GivenKey(environment: ["CREDENTIALS_DIRECTORY": folder.string])
        case .container:
            // The folder is the whole machine's, so the run gets one of its own.
            let commands = "mount -t tmpfs none /run; mkdir /run/secrets; cp '\(path)' /run/secrets/\(name)"
            return GivenKey(shell: [commands, "chmod 444 /run/secrets/\(name)"])
        case .command:
            return GivenKey(settings: ["passphrase_command: [cat, '\(path)']"])
        case .configured:
            return GivenKey(settings: ["key_file: '\(path)'"])
        case .recorded:
            let record = #"{"store": "vault", "key_file": "\#(path)"}"#
            try Files.write(record, to: scene.home.state.appending("qbitvault/store.json"))
            return GivenKey()
        case .usual:
            try scene.write(Files.bytes(file), to: scene.home.state.appending("qbitvault/vault.key"))
            return GivenKey()
        }
    }
}

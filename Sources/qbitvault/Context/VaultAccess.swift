import CredentialStores
import Glibc
import SystemPackage

/// What was given to this very run to open the vault with.
struct VaultAccess: Sendable {
    /// The option and what it names; nil where none was given.
    enum Given: Sendable {
        case keyDescriptor(FileDescriptor)
        case passphraseDescriptor(FileDescriptor)
        case command([String])

        var option: String {
            switch self {
            case .keyDescriptor: "--key-fd"
            case .passphraseDescriptor: "--passphrase-fd"
            case .command: "--passphrase-command"
            }
        }

        var isPassphrase: Bool {
            if case .keyDescriptor = self { false } else { true }
        }
    }

    let given: Given?

    /// Takes the descriptors out of the program's sight, before it opens files of its own and starts other programs: they
    /// could have the same number, and could read the secret again.
    init(taking options: VaultAccessOptions) {
        if let number = options.keyFd.first {
            given = .keyDescriptor(Self.take(number, for: "--key-fd"))
        } else if let number = options.passphraseFd.first {
            given = .passphraseDescriptor(Self.take(number, for: "--passphrase-fd"))
        } else {
            given = options.command.map { .command($0) }
        }
    }

    private static func take(_ number: Int32, for option: String) -> FileDescriptor {
        ClaimedInput.note(number, for: option)
        // One that is not open becomes -1, which fails when it is read.
        let copy = fcntl(ClaimedInput.descriptor(number).rawValue, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { return FileDescriptor(rawValue: -1) }
        close(number)
        // Standard input must not become some other file.
        if number == 0 { _ = unsafe open("/dev/null", O_RDONLY) }
        return FileDescriptor(rawValue: copy)
    }
}

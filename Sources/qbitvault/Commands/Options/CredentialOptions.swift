import ArgumentParser
import CredentialStores
import Glibc
import Secrets
import SystemPackage

/// Credentials for this run alone. No option takes a secret as its value.
struct CredentialOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The user name to sign in with.", valueName: "name"))
    var username: String?

    @Flag(help: "Read the password from standard input.")
    var passwordStdin = false

    @Option(help: ArgumentHelp("Read the password from this descriptor.", valueName: "number"))
    var passwordFd: Int32?

    @Flag(name: .customLong("api-key-stdin"), help: "Read an API key (qBittorrent 5.2 and later) from standard input.")
    var apiKeyStdin = false

    @Flag(help: "Send credentials even if the server has refused them before.")
    var force = false

    func validate() throws {
        guard [passwordStdin, passwordFd != nil, apiKeyStdin].count(where: \.self) < 2 else {
            throw ValidationError("--password-stdin, --password-fd and --api-key-stdin exclude each other.")
        }
        if let passwordFd { try ClaimedInput.check(passwordFd) }
        if username?.isEmpty == true { throw ValidationError("The user name is empty.") }
    }

    /// What is given to a run is for one server.
    func refuseForSeveral() throws {
        let given = [
            ("--username", username != nil), ("--password-stdin", passwordStdin), ("--password-fd", passwordFd != nil),
            ("--api-key-stdin", apiKeyStdin),
        ]
        guard let option = given.first(where: \.1)?.0 else { return }
        throw Problem(
            .usage, "\(option) is for one server, and this run is about all of them.", at: option,
            next: "leave it out, or name the server: --server NAME")
    }

    var readsStandardInput: Bool { passwordStdin || apiKeyStdin || passwordFd == 0 }

    /// Whether the password or key comes by an option.
    var isGiven: Bool { passwordStdin || passwordFd != nil || apiKeyStdin }

    /// The password or key that was given to this run, if one was.
    func given() throws -> GivenSource? {
        if apiKeyStdin {
            let key = try SecretInput.standardInput(for: "--api-key-stdin")
            return GivenSource(key, as: .apiKey, by: "--api-key-stdin")
        }
        if passwordStdin {
            return GivenSource(try SecretInput.standardInput(for: "--password-stdin"), by: "--password-stdin")
        }
        guard let passwordFd else { return nil }
        let descriptor = ClaimedInput.descriptor(passwordFd)
        // It was for us: a program that `exec` starts could rewind it and read along.
        if descriptor.rawValue > 2 { _ = fcntl(passwordFd, F_SETFD, FD_CLOEXEC) }
        try ClaimedInput.claim(passwordFd, for: "--password-fd")
        let place = Place(.option, "--password-fd")
        let password = try SuppliedSecret.read(descriptor, at: place, limit: SecretInput.limit, isHandedOver: true)
        return GivenSource(password, by: "--password-fd")
    }
}

/// A secret that arrives by standard input. Exactly one trailing newline is removed.
enum SecretInput {
    /// In bytes.
    static let limit = 1 << 20

    static func standardInput(for option: String) throws -> Secret {
        try ClaimedInput.claim(0, for: option)
        return try SuppliedSecret.read(.standardInput, at: Place(.option, option), limit: limit, isHandedOver: false)
    }
}

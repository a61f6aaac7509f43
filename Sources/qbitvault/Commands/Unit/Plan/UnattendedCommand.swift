import ArgumentParser
import SystemPackage

/// A command that makes sense where nobody is there.
protocol UnattendedCommand: QBitVaultCommand {
    /// What a unit that runs it is called, after `qbitvault-`.
    static var unitName: String { get }
    /// Whether standard output holds nothing that is missed where all went well.
    static var reportsOnly: Bool { get }
    /// Credentials that are given to the run itself.
    var givenCredentials: CredentialOptions? { get }
    var readsStandardInput: Bool { get }

    /// The files that it uses beside configuration, credentials and state. Paths as they were typed.
    func touched(in context: Context) throws -> TouchedFiles
}

extension UnattendedCommand {
    static var unitName: String { configuration.commandName ?? "run" }
    static var reportsOnly: Bool { true }
    var givenCredentials: CredentialOptions? { nil }
    var readsStandardInput: Bool { false }
    func touched(in context: Context) throws -> TouchedFiles { TouchedFiles() }
}

/// What a command line reads and writes.
struct TouchedFiles {
    var reads: [FilePath] = []
    /// Folders that it makes files in.
    var writes: [FilePath] = []
    /// A program that it becomes, of which nothing is known.
    var becomes: FilePath?
    /// Whether it changes the vault.
    var changesVault = false
}

extension Check: UnattendedCommand {
    var givenCredentials: CredentialOptions? { credentials }
}

extension Doctor: UnattendedCommand {}

extension Create: UnattendedCommand {
    var givenCredentials: CredentialOptions? { credentials }
    var readsStandardInput: Bool { list.from == "-" }

    func touched(in context: Context) throws -> TouchedFiles {
        guard let folder = try result.output.map({ FilePath($0) }) ?? torrent.settings(in: context).outputFolder else {
            throw Problem(
                .usage, "It is not said where the torrent goes, and a unit has no working folder of its own.",
                at: "create", next: "add --output FOLDER, or set torrent_creation.output_dir in the configuration")
        }
        // What a list names is not known before it is read; the list itself says where the unit has to be widened.
        let named = sources + list.each + [list.from].compactMap(\.self)
        return TouchedFiles(reads: named.map { FilePath($0) }, writes: [folder])
    }
}

extension API: UnattendedCommand {
    static var reportsOnly: Bool { false }
    var givenCredentials: CredentialOptions? { credentials }
    var readsStandardInput: Bool { (try? APICall(words, request).readsStandardInput) ?? false }

    func touched(in context: Context) throws -> TouchedFiles {
        // key=@FILE; @- is refused as standard input.
        let uploads = request.field.compactMap { field in
            let value = field.drop { $0 != "=" }.dropFirst()
            return value.hasPrefix("@") ? FilePath(String(value.dropFirst())) : nil
        }
        let output = answer.output.map { FilePath($0).removingLastComponent() }
        return TouchedFiles(
            reads: uploads + (request.input.map { [FilePath($0)] } ?? []), writes: output.map { [$0] } ?? [])
    }
}

extension Exec: UnattendedCommand {
    static var reportsOnly: Bool { false }
    var givenCredentials: CredentialOptions? { credentials }

    func touched(in context: Context) throws -> TouchedFiles { TouchedFiles(becomes: FilePath(command[0])) }
}

extension VaultVerify: UnattendedCommand {
    static var unitName: String { "vault-verify" }

    func touched(in context: Context) throws -> TouchedFiles {
        TouchedFiles(reads: file.map { [FilePath($0)] } ?? [])
    }
}

extension RotateVaultKey: UnattendedCommand {
    static var unitName: String { "rotate-vault-key" }
    /// A new passphrase comes from a person or standard input.
    var readsStandardInput: Bool { change.isWanted }

    func touched(in context: Context) throws -> TouchedFiles { TouchedFiles(changesVault: true) }
}

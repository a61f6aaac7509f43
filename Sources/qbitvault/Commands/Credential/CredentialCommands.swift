import ArgumentParser
import CredentialStores
import SystemPackage

/// `qbitvault credential …`
struct CredentialCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credential",
        abstract: "Keep, read and remove single credentials.",
        subcommands: [
            CredentialSet.self, CredentialGet.self, CredentialList.self, CredentialDelete.self, CredentialWhere.self,
            CredentialBind.self, CredentialImport.self,
        ]
    )
}

/// A credential's name on the command line.
struct NameArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Letters, digits and underscores, such as QBIT_PASSWORD or TRACKER.", valueName: "name"))
    var name: CredentialName
}

/// The store that is meant, where it is not the chosen one.
struct StoreOption: ParsableArguments {
    @Option(help: "The store, where it is not the one that was chosen before.")
    var store: StoreChoice?
}

extension CredentialName: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension StoreChoice: ExpressibleByArgument {
    /// An option means one of the two. That nobody has chosen is said by leaving it out.
    static var allValueStrings: [String] { [keyring.rawValue, vault.rawValue] }

    init?(argument: String) {
        guard Self.allValueStrings.contains(argument) else { return nil }
        self.init(rawValue: argument)
    }
}

extension Context {
    func key(_ name: CredentialName) -> CredentialKey { CredentialKey(server: serverName, name: name) }

    /// The store that is asked: the option's, or the chosen one.
    func storeForReading(_ option: StoreChoice?) throws -> any CredentialStore {
        guard let choice = try option ?? chosenStore() else {
            throw Problem(
                .credentialNotFound, "No store was set up yet.", at: try vaultPath().string,
                next: "qbitvault setup, or qbitvault vault init")
        }
        return try store(choice)
    }
}

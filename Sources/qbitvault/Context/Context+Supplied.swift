import CredentialStores
import SystemPackage

extension Context {
    /// Where systemd lays out a unit's credentials.
    var credentialsDirectory: FilePath? {
        world.environment("CREDENTIALS_DIRECTORY").flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
    }

    /// Where docker, podman and kubernetes put secrets.
    static let secretsFolder: FilePath = "/run/secrets"

    /// The folders in which somebody may supply credentials to this run, the strongest first.
    var suppliedFolders: [FilePath] {
        [credentialsDirectory, Self.secretsFolder].compactMap { folder in
            folder.flatMap { (try? exists($0)) == false ? nil : $0 }
        }
    }

    /// The program that prints credentials, one and the same in a run: it is asked once for each.
    func credentialCommand() throws -> CommandStore {
        let credentials = settings.credentials
        guard let words = credentials.command else {
            throw Problem(
                .configuration, "The store is to be a command, and credentials.command names none.",
                at: "credentials.store", next: "name the program and its arguments, as config/config.yaml shows")
        }
        let tellsNamesApart = CommandStore.tellsNamesApart(words)
        let names = credentials.commandNames ?? (tellsNamesApart ? [.username, .password] : [.password])
        guard tellsNamesApart || names.count == 1 else {
            throw Problem(
                .configuration,
                "The command would print the same for \(names.map(\.description).joined(separator: ", ")).",
                at: "credentials.command_names", next: "put {name} where the command takes the name")
        }
        return known.command { CommandStore(words, for: Set(names), patience: credentials.commandTimeout) }
    }
}

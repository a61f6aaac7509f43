import ArgumentParser
import CredentialStores
import QBittorrentClient

/// Binds what is kept to where the server is now.
struct CredentialBind: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind", abstract: "Allow the kept credentials for another address of the server.",
        discussion: "For a server that has moved. Without names, all of the server's credentials are bound anew.")

    @Option(help: ArgumentHelp("The address; may be given several times.", valueName: "url"))
    var url: [String]
    @Argument(help: ArgumentHelp("Such as QBIT_PASSWORD.", valueName: "name"))
    var names: [CredentialName] = []
    @OptionGroup var place: StoreOption
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let origins = try url.map { try Server(typed: $0).origin }
        let store = try context.storeForReading(place.store)
        let kept = try store.list().map(\.key).filter { $0.server == context.serverName }
        let keys = names.isEmpty ? kept : names.map(context.key)
        for key in keys {
            guard try store.bind(key, to: origins) else {
                throw Problem(
                    .credentialNotFound, "There is no \(key.name).", at: store.place.description,
                    next: "`qbitvault credential list` shows what there is")
            }
        }
        context.world.output.note("\(keys.count) credentials are now for \(origins.joined(separator: ", "))")
    }
}

extension Server {
    /// An address from the command line.
    init(typed text: String) throws {
        do { try self.init(text) } catch {
            throw Problem(
                .usage, "This is not the address of a server (\(error.code)).",
                next: "such as http://127.0.0.1:8080 or https://host/path")
        }
    }
}

import ArgumentParser
import CredentialStores
import QBittorrentClient

/// Binds what is kept to where the server is now.
struct CredentialBind: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind", abstract: "Say where the server is now: the kept credentials go there and nowhere else.",
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
        // Looked at first, so that all are bound or none.
        if keys.isEmpty { throw Problem(nothingFor: context.serverName, in: store) }
        if let missing = keys.first(where: { !kept.contains($0) }) { throw Problem(missing: missing.name, in: store) }
        for key in keys where try !store.bind(key, to: origins) { throw Problem(missing: key.name, in: store) }
        let bound = Bound(names: keys.map(\.name.description), origins: origins, store: store.place.description)
        try context.world.output.done(bound.description, bound)
    }

    private struct Bound: Encodable, CustomStringConvertible {
        let names: [String]
        let origins: [String]
        let store: String

        var description: String {
            "\(names.joined(separator: ", ")) in the \(store): now for \(origins.joined(separator: ", "))"
        }
    }
}

extension Server {
    /// An address from the command line.
    init(typed text: String) throws {
        do { try self.init(text) } catch {
            throw Problem(
                .usage, "This is not the address of a server (\(error.code)).", at: "--url",
                next: "such as http://127.0.0.1:8080 or https://host/path")
        }
    }
}

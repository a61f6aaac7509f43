import ArgumentParser
import CredentialStores

/// Lists what is kept, without values.
struct CredentialList: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the credentials in the store, without values.",
        discussion: "Those of all servers, unless --server names one.")

    @OptionGroup var place: StoreOption
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.several

    func run(in context: Context) async throws {
        let store = try context.storeForReading(place.store)
        var rows = try store.list().map { Row($0) }
        if let vault = store as? VaultStore {
            for part in EarlierPart.allCases { rows += try vault.list(part).map { Row($0, part) } }
            rows.sort { ($0.server, $0.name) < ($1.server, $1.name) }
        }
        rows = rows.filter { global.server == nil || $0.server == context.serverName }
        try context.world.output.result(Listing(store: store.place.description, credentials: rows))
    }

    private struct Listing: Encodable, CustomStringConvertible {
        let store: String
        let credentials: [Row]

        var description: String {
            credentials.isEmpty
                ? "nothing is kept in the \(store)" : credentials.map(\.description).joined(separator: "\n")
        }
    }

    private struct Row: Encodable, CustomStringConvertible {
        let server: String
        let name: String
        let origins: [String]
        /// Seconds since 1970.
        let created: Int64?
        let changed: Int64?
        /// What the value is where it counts no more.
        let earlier: String?

        init(_ record: CredentialRecord, _ part: EarlierPart? = nil) {
            earlier = part?.rawValue
            server = record.key.server
            name = record.key.name.description
            origins = record.origins
            created = record.created
            changed = record.changed
        }

        var description: String {
            let parts = [
                "\(server) \(name)", earlier.map { "\($0) value" },
                origins.isEmpty ? nil : "for \(origins.joined(separator: ", "))",
                changed.map { "changed \(Moment($0))" },
            ]
            return parts.compactMap(\.self).joined(separator: ", ")
        }
    }
}

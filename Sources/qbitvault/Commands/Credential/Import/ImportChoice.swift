import CredentialStores
import Secrets

/// Which names of a file are taken for the server, and what stays behind.
struct ImportChoice {
    struct Item {
        let key: CredentialKey
        /// Where its value lies among the file's. Empty where the file's value is not taken.
        let value: Range<Int>
    }

    let items: [Item]
    /// Names that have a value and are not taken.
    let left: [String]

    /// - Parameters:
    ///   - entries: every name of the file, with its value.
    ///   - only: those that were asked for; none means all.
    init(
        _ entries: [(name: String, value: Range<Int>)], only: [CredentialName], in context: Context,
        from source: borrowing ImportSource
    ) throws {
        let offered = Self.offered(entries.map(\.name), in: context)
        let chosen = only.isEmpty ? offered : offered.filter { only.contains($0.value.name) }
        if let missing = only.first(where: { name in !offered.values.contains { $0.name == name } }) {
            throw Problem(
                .credentialNotFound, "There is no \(missing) for the server \(context.serverName).", at: source.name,
                next: "names: \(entries.map(\.name).joined(separator: ", "))")
        }
        items = entries.compactMap { entry in chosen[entry.name].map { Item(key: $0, value: entry.value) } }
        left = entries.map(\.name).filter { chosen[$0] == nil }
        guard !items.isEmpty else {
            throw Problem(
                .credentialNotFound, "Nothing in it has a value and a name that is one of a credential.",
                at: source.name, next: "such as QBIT_PASSWORD=…, one a line")
        }
    }

    /// What each name of the file would be kept under.
    ///
    /// A name that ends as another server's do is that server's. A server that has names of its own is given those
    /// alone; one that has none is given the plain ones, because the file may be its own.
    private static func offered(_ names: [String], in context: Context) -> [String: CredentialKey] {
        let marks = context.serverNames.filter { $0 != ServerName.usual }.map { server in
            (server: server, mark: CredentialKey(server: server, name: .password).unscopedName.dropFirst(13))
        }
        var plain: [String: CredentialKey] = [:]
        var own: [String: CredentialKey] = [:]
        // A setting of this program is no secret.
        for text in names where !text.hasPrefix("QBITVAULT_") {
            let owner = marks.first { text.hasSuffix($0.mark) && text.count > $0.mark.count }
            guard let name = CredentialName(String(text.dropLast(owner?.mark.count ?? 0))) else { continue }
            let key = context.key(name)
            if owner?.server == context.serverName { own[text] = key }
            if owner == nil { plain[text] = key }
        }
        return own.isEmpty ? plain : own
    }

    /// Deleting the file would be the end of what was not taken.
    func refuseToLoseOthers(in source: borrowing ImportSource) throws {
        guard !left.isEmpty else { return }
        throw Problem(
            .usage, "--delete would lose what is not taken: \(left.joined(separator: ", ")). Nothing was done.",
            at: source.name, next: "import those too, or leave --delete out")
    }

    func batch(from contents: borrowing DotEnvContents, at place: Place) throws -> CredentialBatch {
        for item in items where contents.values.copy(item.value).holdsNUL {
            throw StoreError(.failed(.holdsNUL), at: place)
        }
        return CredentialBatch(items.map { .init(key: $0.key, value: $0.value) }, in: contents.values.copy())
    }
}

extension DotEnvContents {
    borrowing func choose(
        _ only: [CredentialName], in context: Context, from source: borrowing ImportSource
    ) throws -> ImportChoice {
        let empty = entries.filter(\.value.isEmpty).map(\.name)
        if let name = only.first(where: { empty.contains($0.description) }) {
            throw Problem(
                .secretSourceFailed, "\(name) has no value.", at: source.name, next: "give it one, or leave it out")
        }
        if !empty.isEmpty {
            context.world.output.note("without a value, and not kept: \(empty.joined(separator: ", "))")
        }
        return try ImportChoice(
            entries.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) }, only: only, in: context, from: source)
    }
}

package import Secrets
import SystemPackage

extension Fork {
    init(mine: OpenVault, theirs: OpenVault, inPlace: VaultHeader, other: FilePath) {
        let ours = Dictionary(grouping: mine.payload.items) { $0.entry.key }
        let others = Dictionary(grouping: theirs.payload.items) { $0.entry.key }
        let hosts = mine.payload.writers.merging(theirs.payload.writers) { ours, _ in ours }
        var differences: [Difference] = []
        for key in ours.keys.sorted() {
            guard let a = ours[key], let b = others[key] else { continue }
            guard let one = a.current, let other = b.current else { continue }
            if Self.isSame(one, in: mine, other, in: theirs) { continue }
            differences.append(Difference(key: key, mine: .init(a, hosts), theirs: .init(b, hosts)))
        }
        self.init(
            mine: mine, theirs: theirs, inPlace: inPlace, other: other, differences: differences,
            additions: others.keys.filter { ours[$0] == nil }.sorted())
    }

    private static func isSame(
        _ a: VaultPayload.Item, in mine: OpenVault, _ b: VaultPayload.Item, in theirs: OpenVault
    ) -> Bool {
        guard a.entry.origins == b.entry.origins, a.value.count == b.value.count else { return false }
        let value = theirs.payload.secret.copy(b.value)
        return mine.payload.secret.copy(a.value) == value
    }

    /// With one identity slots can only have been added: taking one out replaces the identity. Under another identity
    /// the other file's slots are those of people who may have been shut out.
    var slots: [Slot] {
        let slots = mine.file.header.slots
        guard theirs.file.header.identity == mine.file.header.identity else { return slots }
        let new = theirs.file.header.slots.filter { slot in !slots.contains { $0.id == slot.id } }
        return new.reduce(into: slots) { all, slot in all.append(slot.named(apartFrom: all.map(\.name))) }
    }
}

extension [VaultPayload.Item] {
    var current: Element? { first { $0.entry.role == .current } }
}

extension Fork.Version {
    fileprivate init(_ items: [VaultPayload.Item], _ hosts: [String: String]) {
        let entry = (items.current ?? items[0]).entry
        self.init(changed: entry.changed, host: hosts[entry.changedBy] ?? entry.changedBy)
    }
}

extension Fork {
    /// The user name and password that one side has for `server`, where both may be sent to `origin`.
    package func login(_ side: Side, server: String, boundTo origin: String) -> Credentials? {
        let vault = side == .mine ? mine : theirs
        guard let password = vault.payload.find(CredentialKey(server: server, name: .password)),
            let username = vault.payload.find(CredentialKey(server: server, name: .username)),
            [password, username].allSatisfy({ $0.entry.origins.contains(origin) }),
            let name = vault.payload.secret.copy(username.value).text
        else { return nil }
        return Credentials(username: name, password: vault.payload.secret.copy(password.value))
    }
}

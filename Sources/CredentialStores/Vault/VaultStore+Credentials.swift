package import Secrets
import SystemPackage

extension VaultStore: CredentialStore {
    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        let payload = try current()
        return payload.credential(key)
    }

    package func write(
        _ value: borrowing Secret, for key: CredentialKey, boundTo origin: String
    ) throws(StoreError) {
        try change([.set(key, value: 0..<value.count, origins: [origin])], values: value)
    }

    /// One write of the file: after a power cut both are there or neither.
    package func write(
        _ credentials: borrowing Credentials, server: String, boundTo origin: String
    ) throws(StoreError) {
        let name = Secret(copying: credentials.username.utf8)
        let both = Secret.joining(name, credentials.password)
        try change(
            [
                .set(CredentialKey(server: server, name: .username), value: 0..<name.count, origins: [origin]),
                .set(CredentialKey(server: server, name: .password), value: name.count..<both.count, origins: [origin]),
            ],
            values: both
        )
    }

    /// One write of the file.
    package func write(_ batch: borrowing CredentialBatch, boundTo origin: String) throws(StoreError) {
        try change(
            batch.items.map { .set($0.key, value: $0.value, origins: [origin]) }, values: batch.values)
    }

    package func bind(_ key: CredentialKey, to origins: [String]) throws(StoreError) -> Bool {
        guard try reload().has(key) else { return false }
        try change([.bind(key, origins: origins)])
        return true
    }

    package func delete(_ key: CredentialKey) throws(StoreError) -> Bool {
        guard try reload().has(key) else { return false }
        try change([.remove(key)])
        return true
    }

    package func list() throws(StoreError) -> [CredentialRecord] { try records(.current) }

    /// A value that counts no more: kept until the entry is deleted.
    package func read(_ key: CredentialKey, _ part: EarlierPart) throws(StoreError) -> StoredCredential? {
        let vault = try current()
        return vault.credential(key, part.role)
    }

    /// Removes such a value. False when there was none.
    package func delete(_ key: CredentialKey, _ part: EarlierPart) throws(StoreError) -> Bool {
        guard try reload().payload.find(key, role: part.role) != nil else { return false }
        try change([.removePart(key, part.role)])
        return true
    }

    /// Entries that have such a value.
    package func list(_ part: EarlierPart) throws(StoreError) -> [CredentialRecord] { try records(part.role) }

    private func records(_ role: VaultEntry.Role) throws(StoreError) -> [CredentialRecord] {
        try current().payload.items.filter { $0.entry.role == role }.map(\.entry).map {
            CredentialRecord(
                key: $0.key, origins: $0.origins, created: Int64(clamping: $0.created),
                changed: Int64(clamping: $0.changed)
            )
        }
    }

    private func change(_ changes: [VaultChange]) throws(StoreError) {
        try change(changes, values: Secret(copying: []))
    }
}

/// What a value is that counts no more.
package enum EarlierPart: String, CaseIterable, Sendable {
    /// It was given up for another one, when two copies became one.
    case abandoned
    /// It was replaced.
    case previous

    fileprivate var role: VaultEntry.Role {
        switch self {
        case .abandoned: .abandoned
        case .previous: .previous
        }
    }
}

extension OpenVault {
    fileprivate func has(_ key: CredentialKey) -> Bool { payload.find(key) != nil }

    fileprivate func credential(_ key: CredentialKey, _ role: VaultEntry.Role = .current) -> StoredCredential? {
        guard let item = payload.find(key, role: role) else { return nil }
        return StoredCredential(value: payload.secret.copy(item.value), origins: item.entry.origins)
    }
}

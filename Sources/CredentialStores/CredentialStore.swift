package import Secrets

/// A place that may answer for a credential.
package protocol CredentialSource: Sendable {
    /// Where it looks, for people.
    var place: Place { get }

    /// The credential, or nil when this place has none under that key. A place that is there but fails throws.
    func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential?

    /// The names under which it has something for `server`. None where a place cannot tell a credential from anything
    /// else, such as the environment.
    func names(for server: String) throws(StoreError) -> [CredentialName]

    /// From now on `read` tells what the place holds by now, also where it was looked at once for the whole run.
    func refresh() throws(StoreError)
}

extension CredentialSource {
    package func names(for server: String) throws(StoreError) -> [CredentialName] { [] }

    package func refresh() throws(StoreError) {}
}

/// A place that keeps credentials and can change them.
package protocol CredentialStore: CredentialSource {
    /// Keeps `value`, replacing what was there. It is used for the server at `origin` and no other.
    func write(_ value: borrowing Secret, for key: CredentialKey, boundTo origin: String) throws(StoreError)

    /// Keeps name and password for `server`, both or neither where the place can do that.
    func write(_ credentials: borrowing Credentials, server: String, boundTo origin: String) throws(StoreError)

    /// Keeps all of a batch, or nothing where the place can do that.
    func write(_ batch: borrowing CredentialBatch, boundTo origin: String) throws(StoreError)

    /// Replaces the origins that an entry may be sent to. False when there is none.
    func bind(_ key: CredentialKey, to origins: [String]) throws(StoreError) -> Bool

    /// Removes an entry. False when there was none.
    func delete(_ key: CredentialKey) throws(StoreError) -> Bool

    /// Every entry, in order of server and name, without values.
    func list() throws(StoreError) -> [CredentialRecord]
}

extension CredentialStore {
    package func names(for server: String) throws(StoreError) -> [CredentialName] {
        try list().filter { $0.key == CredentialKey(server: server, name: $0.key.name) }.map(\.key.name)
    }
}

/// A credential as a place gave it.
package struct StoredCredential: ~Copyable, Sendable {
    package let value: Secret
    /// The origins (`scheme://host:port/base`) it may be sent to. Empty where the place cannot bind, such as the
    /// environment.
    package let origins: [String]
    /// Which variable or file it came from, where the source looks at more than its own `place`.
    package let place: Place?

    package init(value: consuming Secret, origins: [String], place: Place? = nil) {
        self.value = value
        self.origins = origins
        self.place = place
    }

    package consuming func takeValue() -> Secret { value }
}

/// What may be told about an entry without opening it.
package struct CredentialRecord: Hashable, Sendable {
    package let key: CredentialKey
    package let origins: [String]
    /// Seconds since 1970, where the place knows.
    package let created: Int64?
    package let changed: Int64?

    package init(key: CredentialKey, origins: [String], created: Int64?, changed: Int64?) {
        self.key = key
        self.origins = origins
        self.created = created
        self.changed = changed
    }
}

/// A source that is not to be used now: when it would answer, that is an error and not a credential.
///
/// Credentials that are bound to no server must not follow a configuration that somebody else may have written.
package struct WithheldSource: CredentialSource {
    private let source: any CredentialSource

    package init(_ source: any CredentialSource) { self.source = source }

    package var place: Place { source.place }

    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        switch try source.read(key) {
        case let stored?: throw StoreError(.withheld, at: stored.place ?? source.place)
        case nil: return nil
        }
    }
}

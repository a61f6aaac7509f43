package import Secrets

/// A password or an API key that was given to this very run: by standard input or a descriptor.
package final class GivenSource: CredentialSource {
    package let place: Place
    private let name: CredentialName
    private let value: Secret

    /// - Parameters:
    ///   - name: what was given.
    ///   - option: the option that it was given by.
    package init(_ value: consuming Secret, as name: CredentialName = .password, by option: String) {
        self.value = value
        self.name = name
        place = Place(.option, option)
    }

    /// What was given.
    package func take() -> Secret { value.copy() }

    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        guard key.name == name else { return nil }
        return StoredCredential(value: value.copy(), origins: [])
    }
}

package import Secrets

/// A password that was given to this very run: by standard input or a descriptor.
package final class GivenSource: CredentialSource {
    package let place: Place
    private let password: Secret

    /// - Parameter option: the option that it was given by.
    package init(_ password: consuming Secret, by option: String) {
        self.password = password
        place = Place(.option, option)
    }

    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        guard key.name == .password else { return nil }
        return StoredCredential(value: password.copy(), origins: [])
    }
}

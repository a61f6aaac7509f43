package import Secrets

/// A request header whose value is a secret, such as an API key behind `Bearer `.
///
/// The value never is text: the layers below see a random placeholder in its stead, and it takes the placeholder's
/// place in the very bytes that go to the network (`SecretHeaderHandler`).
package final class SecretHeader: Sendable {
    package let name: String
    let value: Secret
    /// Stands for the value. Random, so that no other header and no body holds it.
    let placeholder: String

    /// Nil where the value holds line breaks or other control characters: it would be another header or another request.
    ///
    /// - Parameters:
    ///   - name: a token of HTTP.
    ///   - value: the whole value.
    package init?(_ name: String, _ value: consuming Secret) {
        guard !value.holdsControlCharacters else { return nil }
        self.name = name
        self.value = value
        placeholder = "placeholder-" + (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    /// `Authorization: Bearer KEY`, as the Web API takes its key from 2.14.1 on (observed on 5.3.0).
    package static func bearer(_ key: borrowing Secret) -> SecretHeader? {
        SecretHeader("authorization", .joining(Secret(copying: "Bearer ".utf8), key))
    }
}

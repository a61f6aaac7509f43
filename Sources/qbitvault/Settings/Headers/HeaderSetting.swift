import CredentialStores

/// One line of `headers:`: a header that goes with every request, for a proxy in front of the server.
struct HeaderSetting: Hashable, Sendable {
    typealias Part = ReferringText.Part

    /// As it is written.
    let name: String
    let parts: [Part]

    /// `Authorization` has rules of its own: qBittorrent reads it too.
    var isAuthorization: Bool { name.lowercased() == "authorization" }

    /// - Parameter value: text, in which `${NAME}` stands for a credential and `$$` for a dollar sign.
    init(_ name: String, _ value: String) throws(HeaderFault) {
        self.name = name
        guard !name.isEmpty, name.utf8.allSatisfy(HeaderName.isTokenByte) else { throw .notAName }
        guard !HeaderName.isOwned(name) else { throw .owned }
        // A tab is the one control character that a header may hold (RFC 9110).
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else { throw .controlCharacter }
        guard !value.isEmpty else { throw .empty }
        guard let text = ReferringText(value) else { throw .reference }
        parts = text.parts
        if isAuthorization { try checkAuthorization() }
    }

    private func checkAuthorization() throws(HeaderFault) {
        guard case .text(let scheme)? = parts.first, scheme.lowercased().hasPrefix("basic ") else { throw .notBasic }
        guard parts.contains(where: { if case .credential = $0 { true } else { false } }) else { throw .plainSecret }
    }
}

/// Why a line of `headers:` cannot be used. It never holds a value.
enum HeaderFault: Error, Hashable, Sendable {
    case notAName
    /// The program or the connection sets it.
    case owned
    /// The same name once more, in another case.
    case repeated
    case notText
    case empty
    case controlCharacter
    /// A `${` that no credential's name and `}` follow.
    case reference
    /// An `Authorization` of another scheme than Basic.
    case notBasic
    /// An `Authorization` whose value stands in the file itself.
    case plainSecret
}

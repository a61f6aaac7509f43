import CredentialStores

/// One line of `headers:`: a header that goes with every request, for a proxy in front of the server.
struct HeaderSetting: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case text(String)
        /// `${NAME}`, whose value is looked up when the header is needed.
        case credential(CredentialName)
    }

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
        parts = try Self.parts(of: value)
        if isAuthorization { try checkAuthorization() }
    }

    private func checkAuthorization() throws(HeaderFault) {
        guard case .text(let scheme)? = parts.first, scheme.lowercased().hasPrefix("basic ") else { throw .notBasic }
        guard parts.contains(where: { if case .credential = $0 { true } else { false } }) else { throw .plainSecret }
    }

    private static func parts(of value: String) throws(HeaderFault) -> [Part] {
        var parts: [Part] = []
        var text = ""
        var rest = value[...]
        while let first = rest.popFirst() {
            switch (first, rest.first) {
            case ("$", "$"):
                rest.removeFirst()
                text.append("$")
            case ("$", "{"):
                guard let end = rest.firstIndex(of: "}"), let name = CredentialName(String(rest[..<end].dropFirst()))
                else { throw .reference }
                rest = rest[end...].dropFirst()
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(.credential(name))
            default: text.append(first)
            }
        }
        return text.isEmpty ? parts : parts + [.text(text)]
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

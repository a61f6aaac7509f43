/// A call of the Web API that somebody has named: a scope, an action and perhaps a query. Nothing in it can lead to
/// another server, or out of the Web API.
package struct Endpoint: Hashable, Sendable {
    /// Such as `app/version`.
    package let name: String
    /// Percent-encoded, without the question mark; empty where there is none.
    package let query: String

    /// Reads `app/version`, `torrents/info?filter=all`, and either with a slash or `/api/v2/` before it.
    ///
    /// The server knows names of one scope and one action alone (observed), of letters, digits and underscores.
    package init?(_ text: String) {
        let beginning = ["/api/v2/", "api/v2/", "/"].first { text.hasPrefix($0) } ?? ""
        let rest = text.dropFirst(beginning.count)
        let mark = rest.firstIndex(of: "?") ?? rest.endIndex
        let parts = rest[..<mark].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(Self.isName), !rest.contains("#") else { return nil }
        name = String(rest[..<mark])
        query = Self.encoded(rest[mark...].dropFirst())
    }

    /// Whether it begins or ends a session. A session is its owner's business: a login beside it counts to the ban.
    package var isSignIn: Bool { name.lowercased().hasPrefix("auth/") }

    /// Whether the server wants a file's content in field `name` as an upload. In other places it does not see one.
    package func takesUpload(_ field: String) -> Bool {
        switch name {
        case "torrents/add": field != "urls" && field != "cookie"
        case "torrents/parseMetadata": true
        default: false
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { ($0 == 0x5f || PercentEncoding.isUnreserved($0)) && !"-.~".utf8.contains($0) }
    }

    /// What may stand in a query stays as it was typed; anything else is encoded.
    private static func encoded(_ text: Substring) -> String {
        let bytes = Array(text.utf8)
        return bytes.indices.map { index in
            let byte = bytes[index]
            let isEscape = byte == 0x25 && bytes[(index + 1)...].prefix(2).count { isHexadecimal($0) } == 2
            let stays = isEscape || PercentEncoding.isUnreserved(byte) || "!$&'()*+,;=:@/?".utf8.contains(byte)
            return stays ? String(UnicodeScalar(byte)) : PercentEncoding.encode(byte)
        }.joined()
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { Character(UnicodeScalar(byte)).isHexDigit }
}

extension Request {
    /// A call that changes nothing.
    package static func get(_ endpoint: Endpoint, _ fields: [Field] = []) -> Request {
        var request = Request.get(endpoint.name, query: fields)
        request.encodedQuery = endpoint.query
        return request
    }
}

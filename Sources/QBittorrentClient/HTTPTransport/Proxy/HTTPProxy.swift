import AsyncHTTPClient

/// A proxy that stands between this machine and a server: connections go through it by `CONNECT`, http and https alike.
///
/// Its user name and password are text, because AsyncHTTPClient takes no other. They come from an environment variable,
/// where they are text already. Nothing prints them.
package struct HTTPProxy: Sendable, CustomStringConvertible, CustomReflectable {
    /// Where it listens. May be shown.
    package struct Address: Hashable, Sendable, CustomStringConvertible {
        /// A name or an address; an IPv6 address without its brackets.
        let host: String
        let port: Int

        package var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    }

    package let address: Address
    let authorization: HTTPClient.Authorization?

    /// Reads an address such as `http://name:password@proxy.example:3128`; without a port it is 80.
    package init(_ text: String) throws(InvalidProxy.Reason) {
        var rest = text[...]
        if let mark = text.firstRange(of: "://") {
            guard text[..<mark.lowerBound].lowercased() == "http" else { throw .scheme }
            rest = text[mark.upperBound...]
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        let at = authority.lastIndex(of: "@")
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        guard let server = try? Server("http://" + place) else { throw .address }
        address = Address(host: server.host, port: server.port)
        authorization = if let at { try Self.authorization(authority[..<at]) } else { nil }
    }

    package var description: String { address.description }
    package var customMirror: Mirror { Mirror(self, children: ["address": address]) }

    var configuration: HTTPClient.Configuration.Proxy {
        .server(host: address.host, port: address.port, authorization: authorization)
    }

    /// - Parameter text: a name and perhaps a colon and a password, both percent-encoded.
    private static func authorization(_ text: Substring) throws(InvalidProxy.Reason) -> HTTPClient.Authorization {
        let colon = text.firstIndex(of: ":")
        guard let name = PercentEncoding.decode(text[..<(colon ?? text.endIndex)]),
            let password = PercentEncoding.decode(colon.map { text[$0...].dropFirst() } ?? ""),
            // The first colon ends the name, whoever reads it (RFC 7617).
            !name.contains(":")
        else { throw .credentials }
        return .basic(username: name, password: password)
    }
}

/// Why a variable does not name a proxy that can be used. It never holds the text, which may hold a password.
package struct InvalidProxy: Error, Hashable {
    package enum Reason: Error, Hashable, Sendable {
        /// Something else than `http://`: connections to the proxy itself are plain.
        case scheme
        /// The host or the port.
        case address
        /// What stands before the `@`.
        case credentials
    }

    package let reason: Reason
    /// The environment variable.
    package let variable: String
}

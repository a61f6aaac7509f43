/// Where a qBittorrent is: scheme, host, port and base path, in one spelling only.
///
/// Two values are equal exactly when they name the same place, so credentials can be bound to one.
package struct Server: Hashable, Sendable {
    package enum Scheme: String, Sendable {
        case http, https

        package var defaultPort: Int { self == .http ? 80 : 443 }
    }

    package let scheme: Scheme
    /// A name in lower case or an address; an IPv6 address without its brackets.
    package let host: String
    package let port: Int
    /// Empty, or with a leading and without a trailing slash: `/qbittorrent`.
    package let basePath: String

    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address with or without brackets.
    ///   - port: nil for the scheme's own.
    ///   - basePath: where a reverse proxy has put the Web API; slashes at its ends do not matter.
    package init(
        scheme: Scheme,
        host: String,
        port: Int? = nil,
        basePath: String = ""
    ) throws(InvalidServer) {
        let port = port ?? scheme.defaultPort
        guard (1...65535).contains(port) else { throw InvalidServer(.port) }
        self.scheme = scheme
        self.host = try Host.canonical(host)
        self.port = port
        self.basePath = try BasePath.canonical(basePath)
    }

    /// The canonical spelling, such as `http://localhost:8080/base`. The port is always in it.
    package var origin: String { site + basePath }

    /// The same without the base path: all that TLS knows of.
    package var site: String { "\(scheme.rawValue)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Whether what is sent there stays on this machine: 127.0.0.0/8, ::1 or the name `localhost`.
    package var isLoopback: Bool { host == "localhost" || host == "::1" || Host.isLoopbackIPv4(host) }

    /// Whether it is named by an address, so that nobody has to look for one.
    package var isAddress: Bool { Host.isAddress(host) }
}

/// Why something is not a sound server. It never holds the text, which may hold a password by mistake.
package struct InvalidServer: Error, Hashable {
    package enum Code: Sendable {
        /// Neither `http://` nor `https://`.
        case scheme
        /// A name or a password before an `@`.
        case userInformation
        case host, port, path
        /// A `?` or a `#`.
        case queryOrFragment
    }

    package let code: Code

    package init(_ code: Code) { self.code = code }
}

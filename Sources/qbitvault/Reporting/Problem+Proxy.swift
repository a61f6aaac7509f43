import QBittorrentClient

extension Problem {
    /// A proxy that stands between this machine and the server. Its user name and password are never shown.
    init(_ problem: ProxyProblem, at place: String) {
        let place = "proxy \(problem.proxy), on the way to \(place)"
        switch problem.reason {
        case .unreachable(let reason):
            self.init(
                .serverUnreachable, "The proxy cannot be reached: \(reason.words).", at: place,
                next: "correct the variable that names the proxy, or name the server in NO_PROXY")
        case .wantsCredentials:
            self.init(
                .serverUnreachable, "The proxy asks for a user name and a password.", at: place,
                next: "write them into its address (http://NAME:PASSWORD@HOST:PORT), or name the server in NO_PROXY")
        case .refusesCredentials:
            self.init(
                .credentialsRefused, "The proxy does not accept its user name or password.", at: place,
                next: "correct the variable that names the proxy; special letters in it are percent-encoded")
        case .refuses:
            self.init(
                .serverUnreachable, "The proxy opens no connection to the server.", at: place,
                next: """
                    check host and port, what the proxy allows, and the user name and password in its address, \
                    or name the server in NO_PROXY
                    """)
        case .cannotVerify:
            self.init(
                .tlsVerificationFailed,
                "The certificate of a server that is named by its address cannot be checked through a proxy.",
                at: place,
                next: "name the server by the name in its certificate, or in NO_PROXY")
        }
    }

    init(_ error: InvalidProxy) {
        let place = "environment variable \(error.variable)"
        let form = "write http://HOST:PORT, or http://NAME:PASSWORD@HOST:PORT with special letters percent-encoded"
        switch error.reason {
        case .scheme:
            self.init(
                .configuration, "It names a proxy that is not spoken to by plain http.", at: place,
                next: "\(form); other proxies are not known here")
        case .address: self.init(.configuration, "The proxy's address is not sound.", at: place, next: form)
        case .credentials:
            self.init(.configuration, "The proxy's user name or password cannot be read.", at: place, next: form)
        }
    }
}

import AsyncHTTPClient

/// What went wrong with a proxy on the way, before anything reached the server.
package struct ProxyProblem: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case unreachable(Unreachable)
        /// It wants a user name and a password, and there are none.
        case wantsCredentials
        case refusesCredentials
        /// It does not open a connection to the server: because it may not, or because it cannot.
        case refuses
        /// The server is named by its address, and TLS below compares the certificate with the address of the
        /// connection's end, which is the proxy's (observed): whoever runs the proxy could pose as the server.
        case cannotVerify
    }

    package let proxy: HTTPProxy.Address
    package let reason: Reason

    /// Whether the server cannot have seen the request. A way may be lost after the request has gone it.
    var nothingWasSent: Bool { reason != .unreachable(.noRoute) }
}

extension TransportError {
    /// The same where connections go through `proxy`: what fails before there is a connection is the proxy's.
    func through(_ proxy: HTTPProxy, _ error: any Error) -> TransportError {
        func problem(_ reason: ProxyProblem.Reason) -> TransportError {
            .proxy(ProxyProblem(proxy: proxy.address, reason: reason))
        }
        switch error as? HTTPClientError {
        case .proxyAuthenticationRequired?:
            return problem(proxy.authorization == nil ? .wantsCredentials : .refusesCredentials)
        case .invalidProxyResponse?: return problem(.refuses)
        case .httpProxyHandshakeTimeout?: return problem(.unreachable(.connectTimedOut))
        default: break
        }
        switch self {
        case .unreachable(.closed), .unreachable(.brokenOff): return self
        case .unreachable(let reason): return problem(.unreachable(reason))
        default: return self
        }
    }
}

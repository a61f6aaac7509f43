package import SystemPackage

/// Why there is no answer. It never holds the text of a library, which may hold addresses and paths of its build.
package enum TransportError: Error, Hashable {
    case unreachable(Unreachable)
    case tls(TLSProblem)
    /// The server was reached, and did not answer in time.
    case timedOut
    /// The answer's body has more bytes than the limit.
    case tooLarge(limit: Int)
    /// The answer's head has more headers, or larger ones, than any sound server sends.
    case headTooLarge
    /// Something answered, in another protocol.
    case notHTTP
    case cancelled
    /// The file of certificate authorities cannot be read, or holds no certificate.
    case authoritiesUnusable(FilePath)
    case clientCertificateUnusable(ClientCertificateProblem)
    /// A proxy on the way to the server is the reason.
    case proxy(ProxyProblem)

    /// Whether the server cannot have seen the request.
    package var nothingWasSent: Bool {
        switch self {
        case .authoritiesUnusable, .clientCertificateUnusable: true
        case .proxy(let problem): problem.nothingWasSent
        case .tls(let problem): problem.nothingWasSent
        // A way may be lost after the request has gone it.
        case .unreachable(let reason): ![.closed, .brokenOff, .noRoute].contains(reason)
        case .timedOut, .tooLarge, .headTooLarge, .notHTTP, .cancelled: false
        }
    }
}

package enum Unreachable: String, Sendable {
    /// Nobody listens there.
    case refused
    /// The name has no address.
    case unknownHost
    case noRoute
    /// No connection in time, or no TLS on one that was sound before.
    case connectTimedOut
    /// The connection was closed or reset before an answer.
    case closed
    /// The connection was closed or reset in the middle of an answer.
    case brokenOff
}

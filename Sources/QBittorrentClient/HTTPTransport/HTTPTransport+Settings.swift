import AsyncHTTPClient
package import Logging
import NIOCore
import NIOSSL
package import SystemPackage

extension HTTPTransport {
    package struct Settings: Sendable {
        package var connectTimeout = Duration.seconds(10)
        /// The longest silence of the server.
        package var readTimeout = Duration.seconds(30)
        /// The most time for a whole call, the answer's body included: an answer that drips breaks no other limit.
        package var deadline = Duration.seconds(120)
        /// The most connections at a time.
        package var connections = 10
        package var trust = Trust.system
        /// The one certificate that is accepted, to the byte, whatever is wrong with it, and whomever is trusted.
        package var pin: ServerCertificate?
        /// Shown to whoever asks for one in the TLS handshake.
        package var clientCertificate: ClientCertificate?
        /// Is told the headers of each request and answer, at level `trace`.
        package var logger = Logger.off
        /// What goes with every request, for a proxy in front of the server.
        package var headers: [SecretHeader] = []
        /// What connections go through. Never given for a server on this machine.
        package var proxy: HTTPProxy?

        package init() {}
    }

    /// Whose certificates are believed.
    package enum Trust: Hashable, Sendable {
        /// Those that the machine trusts.
        case system
        /// Those of this file (PEM) and no others.
        case authorities(FilePath)
        /// Anybody's: the server is not verified.
        case anything
    }
}

extension HTTPTransport.Settings {
    func configuration(
        for server: Server, _ setup: ConnectionSetup
    ) throws(TransportError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: server.scheme == .https ? try tlsConfiguration(setup) : nil,
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connectTimeout), read: TimeAmount(readTimeout)),
            // The server drops idle connections after 7 s without notice (observed), so ours go before.
            connectionPool: .init(idleTimeout: .seconds(5), concurrentHTTP1ConnectionsPerHostSoftLimit: connections)
        )
        // Otherwise a refused connection and a bad certificate are tried again until the connect timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = { setup.prepare($0) }
        if let proxy, !server.isLoopback {
            let comparesNames = server.scheme == .https && trust != .anything && pin == nil
            guard !comparesNames || !Host.isAddress(server.host) else {
                throw .proxy(ProxyProblem(proxy: proxy.address, reason: .cannotVerify))
            }
            configuration.proxy = proxy.configuration
        }
        return configuration
    }

    private func tlsConfiguration(_ setup: ConnectionSetup) throws(TransportError) -> TLSConfiguration {
        var configuration = try trust.configuration()
        // Compared in `ConnectionSetup`: as a trust root it would vouch for others too, and not once it has expired.
        if pin != nil { configuration.certificateVerification = .none }
        do throws(ClientCertificateProblem) { try clientCertificate?.add(to: &configuration) } catch {
            throw .clientCertificateUnusable(error)
        }
        // Called when the server asks for a client certificate.
        configuration.sslContextCallback = { _, changes in
            setup.clientCertificateIsWanted()
            changes.succeed(.noChanges)
        }
        return configuration
    }
}

extension HTTPTransport.Trust {
    func configuration() throws(TransportError) -> TLSConfiguration {
        var configuration = TLSConfiguration.forClient
        switch self {
        case .system: configuration.trustRoots = Self.systemRoots
        case .authorities(let path):
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(path.string), !certificates.isEmpty else {
                throw .authoritiesUnusable(path)
            }
            configuration.trustRoots = .certificates(certificates)
        case .anything: configuration.certificateVerification = .none
        }
        return configuration
    }

    /// A folder is looked up when an issuer is needed (0.05 ms); the bundle is read whole at every start (6 ms).
    private static var systemRoots: NIOSSLTrustRoots {
        let folder = "/etc/ssl/certs/"
        return (try? FilePath(folder).stat())?.type == .directory ? .file(folder) : .default
    }
}

import Synchronization

extension HTTPTransport {
    /// The same failure, or what a second look finds behind it. Over the second connection nothing is sent.
    ///
    /// - Parameter cause: what the libraries below said.
    func explained(_ error: TransportError, _ cause: any Error) async -> TransportError {
        let error = handshake.proxy.map { error.through($0, cause) } ?? error
        switch error {
        case .tls(.untrusted(let fault, nil)):
            guard let chain = try? await handshake.certificates(), let own = chain.first else { return error }
            return .tls(.untrusted(fault.explained(by: chain, for: server.host).first ?? fault, own))
        // Where a connection is made and TLS is not, it is not the way that is at fault. A qBittorrent without https says
        // nothing to TLS, and closes when it has waited for eight seconds (observed).
        case .unreachable(.connectTimedOut) where server.scheme == .https && isFirstLook(),
            .unreachable(.closed) where server.scheme == .https && !isClientCertificateMissing && isFirstLook():
            do throws(TransportError) { _ = try await handshake.certificates() } catch let second {
                return second.isAboutTLS ? second : error
            }
            return error
        case .unreachable(.closed) where server.scheme == .http && isFirstLook():
            return await speaksTLS() ? .tls(.onlyTLS) : error
        case .tls(.other) where isClientCertificateMissing, .unreachable(.closed) where isClientCertificateMissing:
            return .tls(.clientCertificateWanted)
        case .tls(.clientCertificateRefused) where settings.clientCertificate == nil:
            return .tls(.clientCertificateWanted)
        default: return error
        }
    }

    /// A proxy that speaks TLS only, or wants a client certificate, may say so by a 400 and a page in its own words.
    func refuseIfAboutTLS(_ response: Response) async throws(TransportError) {
        guard response.status == 400 else {
            setup.hasAnswered()
            return isKnown.store(true, ordering: .relaxed)
        }
        guard isFirstLook() else { return }
        if setup.wantsClientCertificate {
            throw .tls(settings.clientCertificate == nil ? .clientCertificateWanted : .clientCertificateRefused)
        }
        if server.scheme == .http, await speaksTLS() { throw .tls(.onlyTLS) }
    }

    /// Whether nothing has answered yet, and nobody has looked why. What once was sound, or was looked at, is not in
    /// doubt any more, and tries that fail again do not wait for a look each.
    private func isFirstLook() -> Bool { !isKnown.exchange(true, ordering: .relaxed) }

    private var isClientCertificateMissing: Bool { setup.wantsClientCertificate && settings.clientCertificate == nil }

    private func speaksTLS() async -> Bool { (try? await handshake.certificates())?.isEmpty == false }

    private var handshake: Handshake {
        Handshake(server, settings, atMost: .seconds(3))
    }
}

extension TransportError {
    fileprivate var isAboutTLS: Bool { if case .tls = self { true } else { false } }
}

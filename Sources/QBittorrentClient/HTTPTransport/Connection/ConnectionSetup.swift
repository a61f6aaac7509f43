import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// What is done with each new connection before the first request goes over it, and what is learned from it.
final class ConnectionSetup: Sendable {
    private let known = Mutex(Known())
    /// The only certificate that the server may have.
    private let pin: ServerCertificate?

    private struct Known {
        var secretHeaders: [SecretHeader] = []
        var localAddress: String?
        var wantsClientCertificate = false
    }

    init(pin: ServerCertificate?) { self.pin = pin }

    /// The address that the last connection began at; the server may see another one behind a proxy.
    var localAddress: String? { known.withLock { $0.localAddress } }

    /// Whether the server has asked for a client certificate.
    var wantsClientCertificate: Bool { known.withLock { $0.wantsClientCertificate } }

    func clientCertificateIsWanted() { known.withLock { $0.wantsClientCertificate = true } }

    /// From now on the value of `header` takes its placeholder's place.
    func register(_ header: SecretHeader) {
        known.withLock { known in
            if !known.secretHeaders.contains(where: { $0 === header }) { known.secretHeaders.append(header) }
        }
    }

    /// Runs on the connection's event loop. What it throws fails the request before any of it is sent.
    func prepare(_ channel: any Channel) -> EventLoopFuture<Void> {
        let prepared = channel.eventLoop.makeCompletedFuture {
            known.withLock { $0.localAddress = channel.localAddress?.ipAddress }
            let pipeline = channel.pipeline.syncOperations
            try pin?.check(try pipeline.handler(type: NIOSSLClientHandler.self).peerCertificate)
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            // Between the encoder and TLS, where a request is bytes and not yet encrypted.
            try pipeline.addHandler(SecretHeaderHandler(self), position: .before(encoder))
            try AnswerLimit.install(in: pipeline)
        }
        // Nobody else would close a connection that was refused here.
        prepared.whenFailure { _ in channel.close(promise: nil) }
        return prepared
    }

    /// Those whose placeholders stand in `bytes`, with the place of each, in order.
    func occurrences(in bytes: ByteBufferView) -> [(range: Range<Int>, header: SecretHeader)] {
        let headers = known.withLock { $0.secretHeaders }
        return headers.compactMap { header in
            bytes.firstRange(of: Array(header.placeholder.utf8)).map { ($0, header) }
        }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}

extension ServerCertificate {
    /// Refuses any other certificate than this one.
    fileprivate func check(_ other: NIOSSLCertificate?) throws(TransportError) {
        let presented = (try? other?.toDERBytes()).map { ServerCertificate(der: $0) }
        if presented != self { throw .tls(.changed(pinned: self, presented: presented)) }
    }
}

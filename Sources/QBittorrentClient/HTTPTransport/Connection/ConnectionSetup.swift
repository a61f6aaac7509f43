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
        /// Those of the requests in flight, each with their number.
        var secretHeaders: [(header: SecretHeader, uses: Int)] = []
        var localAddress: String?
        var wantsClientCertificate = false
        var hasAnswered = false
    }

    init(pin: ServerCertificate?) { self.pin = pin }

    /// The address that the last connection began at; the server may see another one behind a proxy.
    var localAddress: String? { known.withLock { $0.localAddress } }

    /// Whether the server has asked for a client certificate, and so may insist on one. One that has answered without
    /// does not: what fails after that has another cause.
    var wantsClientCertificate: Bool { known.withLock { $0.wantsClientCertificate && !$0.hasAnswered } }

    func clientCertificateIsWanted() { known.withLock { $0.wantsClientCertificate = true } }

    func hasAnswered() { known.withLock { $0.hasAnswered = true } }

    /// The headers whose placeholders give way to their values now.
    var secretHeaders: [SecretHeader] { known.withLock { $0.secretHeaders.map(\.header) } }

    /// From now on the values of `headers` take their placeholders' places, until as many calls of `unregister`.
    func register(_ headers: [SecretHeader]) {
        known.withLock { known in
            for header in headers {
                if let index = known.secretHeaders.firstIndex(where: { $0.header === header }) {
                    known.secretHeaders[index].uses += 1
                } else {
                    known.secretHeaders.append((header, 1))
                }
            }
        }
    }

    /// Lets go of `headers`, so that a key that was refused or replaced is wiped with its last owner.
    func unregister(_ headers: [SecretHeader]) {
        known.withLock { known in
            for header in headers {
                guard let index = known.secretHeaders.firstIndex(where: { $0.header === header }) else { continue }
                known.secretHeaders[index].uses -= 1
                if known.secretHeaders[index].uses == 0 { known.secretHeaders.remove(at: index) }
            }
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
            let head = RequestHeads.Passage()
            try pipeline.addHandler(SecretHeaderHandler(self, head), position: .before(encoder))
            try pipeline.addHandler(RequestHeads(head), position: .after(encoder))
            try AnswerLimit.install(in: pipeline)
        }
        // Nobody else would close a connection that was refused here.
        prepared.whenFailure { _ in channel.close(promise: nil) }
        return prepared
    }

    /// Those whose placeholders stand in `bytes`, with the place of each, in order.
    func occurrences(in bytes: ByteBufferView) -> [(range: Range<Int>, header: SecretHeader)] {
        secretHeaders.compactMap { header in
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

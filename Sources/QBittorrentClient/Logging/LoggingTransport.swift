package import Logging

/// Tells each request that goes over another transport, and how it ended.
package struct LoggingTransport: Transport {
    private let transport: any Transport
    private let logger: Logger

    package init(_ transport: any Transport, _ logger: Logger) {
        self.transport = transport
        self.logger = logger
    }

    package var localAddress: String? { transport.localAddress }

    package func send(_ request: Request) async throws(TransportError) -> Response {
        guard logger.logLevel <= .debug else { return try await transport.send(request) }
        let start = ContinuousClock.now
        let words = request.loggedTarget
        logger.trace("> \(words)")
        do throws(TransportError) {
            let answer = try await transport.send(request)
            let duration = (ContinuousClock.now - start).inMilliseconds
            logger.debug("\(words): \(answer.status), \(answer.body.count) bytes, \(duration) ms")
            return answer
        } catch {
            logger.debug("\(words): \(error.label), \((ContinuousClock.now - start).inMilliseconds) ms")
            throw error
        }
    }
}

extension Duration {
    var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

extension TransportError {
    /// Two or three words of our own.
    fileprivate var label: String {
        switch self {
        case .unreachable: "no connection"
        case .tls: "refused by TLS"
        case .timedOut: "no answer in time"
        case .cancelled: "cancelled"
        default: "no sound answer"
        }
    }
}

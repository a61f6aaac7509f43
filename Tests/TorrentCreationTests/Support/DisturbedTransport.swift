import QBittorrentClient
import Synchronization

/// What happens on the way to a real server and back.
struct Disturbance: Sendable {
    /// Before the request is sent.
    var before: @Sendable (Request) async throws(TransportError) -> Void = { _ throws(TransportError) in }
    /// What is answered without the server, if anything.
    var instead: @Sendable (Request) -> Response? = { _ in nil }
    /// When the answer is there: what becomes of it.
    var after: @Sendable (Request, Response) async throws(TransportError) -> Response = {
        _, answer throws(TransportError) in answer
    }
}

/// A transport that notes what it sends, and disturbs it.
final class DisturbedTransport: Transport {
    private let inner: any Transport
    private let disturbance: Disturbance
    private let sent = Mutex<[String]>([])

    init(_ inner: any Transport, _ disturbance: Disturbance) {
        self.inner = inner
        self.disturbance = disturbance
    }

    var localAddress: String? { inner.localAddress }

    /// The endpoints of all requests, in order.
    var endpoints: [String] { sent.withLock { $0 } }

    func count(of endpoint: String) -> Int { endpoints.count { $0 == endpoint } }

    func send(_ request: Request) async throws(TransportError) -> Response {
        sent.withLock { $0.append(request.endpoint) }
        try await disturbance.before(request)
        if let answer = disturbance.instead(request) { return answer }
        return try await disturbance.after(request, try await inner.send(request))
    }
}

/// Says yes so many times.
final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ times: Int) { left = Mutex(times) }

    func step() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

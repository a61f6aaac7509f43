import Synchronization

@testable import QBittorrentClient

/// Counts what goes through it.
final class CountingTransport: Transport {
    private let inner: any Transport
    private let sent = Mutex<[String]>([])

    init(_ inner: any Transport) { self.inner = inner }

    /// The endpoints of all requests, in order.
    var endpoints: [String] { sent.withLock { $0 } }

    func count(of endpoint: String) -> Int { endpoints.count { $0 == endpoint } }

    var localAddress: String? { inner.localAddress }

    func send(_ request: Request) async throws(TransportError) -> Response {
        sent.withLock { $0.append(request.endpoint) }
        return try await inner.send(request)
    }
}

/// Changes what a server answers.
struct AlteredTransport: Transport {
    private let inner: any Transport
    private let change: @Sendable (Request, Response) -> Response

    init(_ inner: any Transport, _ change: @escaping @Sendable (Request, Response) -> Response) {
        self.inner = inner
        self.change = change
    }

    var localAddress: String? { inner.localAddress }

    func send(_ request: Request) async throws(TransportError) -> Response {
        change(request, try await inner.send(request))
    }
}

/// Answers from a script, in order. To ask it for more is an error of the test's.
final class ScriptedTransport: Transport {
    let localAddress: String? = nil

    typealias Answer = Result<Response, TransportError>

    private let answers: Mutex<[Answer]>

    init(_ answers: [Answer]) { self.answers = Mutex(answers) }

    convenience init(_ answers: Response...) { self.init(answers.map(Answer.success)) }

    func send(_ request: Request) async throws(TransportError) -> Response {
        let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { fatalError("no answer is left for \(request.endpoint)") }
        return try answer.get()
    }
}

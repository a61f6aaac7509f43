import TestSupport

@testable import qbitvault

extension FaultCase {
    static let connections = [
        FaultCase("nobody listens", Fault(.notListening), .serverUnreachable, isUnheard: true),
        FaultCase("reset when accepted", Fault(.onAccept, .reset), .serverUnreachable),
        FaultCase("closed when accepted", Fault(.onAccept, .close), .serverUnreachable),
        FaultCase("reset after the request", Fault(.onRequest, .reset), .serverUnreachable),
        FaultCase("closed after the request", Fault(.onRequest, .close), .serverUnreachable),
        FaultCase(
            "reset in the head", Fault { [.text(String($0.prefix(60))), .pause(milliseconds: 20), .reset] },
            .serverUnreachable),
        FaultCase("closed in the head", Fault { [.text(String($0.prefix(60))), .close] }, .serverUnreachable),
        FaultCase(
            "reset in the body", Fault { [.text($0.longer(by: 1)), .pause(milliseconds: 20), .reset] },
            .serverUnreachable),
        FaultCase("closed in the body", Fault { [.text($0.longer(by: 1)), .close] }, .serverUnreachable),
        FaultCase(
            "closed between chunks", Fault { [.text($0.chunked(end: "")), .close] }, .serverUnreachable),
    ]

    static let silences = [
        FaultCase("mute when accepted", Fault(.onAccept), .timedOut),
        FaultCase("mute after the request", Fault(), .timedOut),
        FaultCase("mute in the head", Fault { [.text(String($0.prefix(60)))] }, .timedOut),
        FaultCase("mute in the body", Fault { [.text($0.longer(by: 1))] }, .timedOut),
        FaultCase("mute between chunks", Fault { [.text($0.chunked(end: ""))] }, .timedOut),
        FaultCase("a byte a second of the head", Fault { [.drip(Array($0.utf8))] }, .timedOut),
        FaultCase(
            "a byte a second of the body", Fault { [.text($0.longer(by: 1000)), .drip(Array("x".utf8))] }, .timedOut),
        FaultCase("provisional answers without end", Fault(.onRequest, .flood(Array(continued.utf8))), .timedOut),
    ]

    static let continued = "HTTP/1.1 100 Continue\r\n\r\n"
}

extension String {
    /// An answer that promises more than it gives.
    func longer(by count: Int) -> String { with(contentLength: "\(headAndBody.body.utf8.count + count)") }

    func with(contentLength: String) -> String {
        without(header: "content-length").with(headers: "content-length: \(contentLength)")
    }

    /// An answer in one chunk.
    func chunked(end: String = "0\r\n\r\n") -> String {
        let (head, body) = without(header: "content-length").with(headers: "transfer-encoding: chunked").headAndBody
        return head + (body.isEmpty ? "" : String(body.utf8.count, radix: 16) + "\r\n\(body)\r\n") + end
    }

    func with(body: String) -> String { headAndBody.head.with(contentLength: "\(body.utf8.count)") + body }

    func with(status: String) -> String { "HTTP/1.1 \(status)" + self[(firstIndex(of: "\r\n") ?? endIndex)...] }
}

import Testing

@testable import QBittorrentClient

/// What becomes of answers that no sound server gives.
@Suite struct TransportFaultTests {
    @Test(arguments: [
        (FaultServer.Behaviour.close, TransportError.unreachable(.closed)),
        (.answer("SSH-2.0-OpenSSH_9.2\r\n"), .notHTTP),
        (.answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"), .unreachable(.brokenOff)),
        (.stayMute, .timedOut),
        (.drip, .timedOut),
        (.flood, .tooLarge(limit: 1000)),
        (
            .answer("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n" + String(repeating: "x", count: 1001)),
            .tooLarge(limit: 1000)
        ),
    ])
    func afterTheRequest(behaviour: FaultServer.Behaviour, error: TransportError) async throws {
        try await FaultServer.with(behaviour) { server in
            await #expect(throws: error) { try await ask(server, isPatient: error != .timedOut) }
            #expect(!error.nothingWasSent)
        }
    }

    @Test func aClosedPortIsRefused() async throws {
        let server = try await FaultServer.closed()
        let error = TransportError.unreachable(.refused)
        await #expect(throws: error) { try await ask(server) }
        #expect(error.nothingWasSent)
    }

    @Test func aClosedPortIsRefusedByNameToo() async throws {
        let server = try Server(scheme: .http, host: "localhost", port: try await FaultServer.closed().port)
        await #expect(throws: TransportError.unreachable(.refused)) { try await ask(server) }
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let answer = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
        try await FaultServer.with(.answer(answer)) { server in
            let response = try await ask(server)
            #expect(response.status == 302)
        }
    }

    @Test func theAnswersPartsAreRead() async throws {
        let answer = """
            HTTP/1.1 200 \r\nSet-Cookie: A=1; path=/\r\nset-cookie: B=; path=/\r\nset-cookie: C=x,y\r
            WWW-Authenticate: Basic\r\nContent-Type: Text/Plain; charset=UTF-8\r\ncontent-length: 2\r\n\r\nhi
            """
        try await FaultServer.with(.answer(answer)) { server in
            let response = try await ask(server)
            #expect(response.cookies.map { "\($0.name)=\($0.value)" } == ["A=1", "C=x,y"])
            #expect(response.contentType == "text/plain")
            #expect(response.asksForAuthentication)
            #expect(response.text == "hi")
        }
    }

    @Test func cancellationEndsACall() async throws {
        try await FaultServer.with(.stayMute) { server in
            let task = Task {
                try await HTTPTransport.with(to: server) { try await $0.send(.get("app/version")) }
            }
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
        }
    }

    private func ask(_ server: Server, isPatient: Bool = true) async throws -> Response {
        var settings = HTTPTransport.Settings()
        settings.readTimeout = isPatient ? .seconds(60) : .milliseconds(400)
        settings.deadline = isPatient ? .seconds(60) : .milliseconds(800)
        var request = Request.get("app/version")
        request.answerLimit = 1000
        return try await HTTPTransport.with(to: server, settings) { try await $0.send(request) }
    }
}

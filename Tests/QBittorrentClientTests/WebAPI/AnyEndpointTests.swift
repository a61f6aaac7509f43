import Testing

@testable import QBittorrentClient

/// Answers that no real server can be made to give.
@Suite struct AnyEndpointTests {
    /// For who shows whatever comes, a server in trouble has answered as well.
    @Test(arguments: [500, 501, 418, 400, 404, 409, 415])
    func anErrorIsAnAnswer(_ status: Int) async throws {
        let (answer, failure) = try await call(Response(status, "words"))
        #expect(answer.status == status && answer.text == "words")
        #expect(failure?.code == .answered(status: status, text: "words"))
        #expect(failure?.endpoint == "a/b" && failure?.isInDoubt == false)
    }

    @Test(arguments: [200, 204, 206]) func successIsNoFailure(_ status: Int) async throws {
        #expect(try await call(Response(status, "x")).1 == nil)
    }

    @Test func aPageIsAProxys() async {
        for status in [200, 404] {
            let code = await ServerError.code { _ = try await call(Response(status, "<p/>", contentType: "text/html")) }
            #expect(code == .notQBittorrent(.html))
        }
        #expect(await ServerError.code { _ = try await call(Response(302)) } == .notQBittorrent(.redirect))
        #expect(await ServerError.code { _ = try await call(Response(401)) } == .hostRefused)
    }

    /// What the page says is not the server's word.
    @Test func thePageOfAProxyInTroubleIsNotQuoted() async throws {
        let (answer, failure) = try await call(Response(500, "<p/>", contentType: "text/html"))
        #expect(answer.text == "<p/>")
        #expect(failure?.code == .answered(status: 500, text: ""))
    }

    /// A server in trouble may have done it.
    @Test(arguments: [(500, true), (502, true), (504, true), (413, false), (409, false)])
    func whetherAChangeWasMadeIsNotKnown(_ status: Int, isInDoubt: Bool) async throws {
        #expect(try await call(Response(status), by: .post("a/b")).1?.isInDoubt == isInDoubt)
    }

    private func call(
        _ answer: Response, by request: Request = .get("a/b")
    ) async throws -> (Response, ServerError?) {
        let transport = ScriptedTransport(Response(200, "v5.1.0"), answer)
        let session = Session(on: try Server("http://localhost"), over: transport, guard: nil)
        _ = try await session.probe()
        let endpoint = AnyEndpoint(session)
        let answered = try await endpoint.answer(to: request)
        return (answered, try await endpoint.failure(answered, to: request))
    }
}

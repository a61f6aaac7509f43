import Secrets
import Synchronization
import Testing

@testable import QBittorrentClient

/// What a session sends again, on a clock that only its own pauses move.
@Suite struct SessionRetryTests {
    private typealias Answer = ScriptedTransport.Answer
    private let clock = PauseClock()
    private let needsLogin = Answer.success(Response(403, "Forbidden"))
    private let login = Answer.success(Response(204, cookie: "SID=a"))
    private let version = Answer.success(Response(200, "v5.1.0"))
    private let lost = Answer.failure(.unreachable(.closed))
    private let refused = Answer.failure(.unreachable(.refused))
    private let bye = Answer.success(Response(200))

    @Test func readingOutlivesALostConnectionAndABusyServer() async throws {
        let busy = Answer.success(Response(status: 503, retryAfter: .seconds(3)))
        let transport = scripted([refused, needsLogin, login, lost, busy, refused, version, bye])
        try await signedIn(transport) { session in
            let told = try await Application(session).version()
            #expect(told == "v5.1.0")
        }
        #expect(clock.pauses == [100, 100, 3200, 400].map { .milliseconds($0) })
    }

    @Test func theLastFailureIsTheOneThatIsTold() async throws {
        let tries = Array(repeating: lost, count: 4) + [refused]
        let transport = scripted(tries)
        #expect(await code(transport) { _ in } == .transport(.unreachable(.refused)))
        #expect(transport.endpoints == Array(repeating: "app/version", count: 5))
    }

    /// Two passwords on their way could be two failures on the server's count.
    @Test(arguments: [TransportError.unreachable(.refused), .unreachable(.closed), .timedOut])
    func aLoginIsNeverSentTwice(error: TransportError) async throws {
        let transport = scripted([needsLogin, .failure(error)])
        #expect(await code(transport) { _ in } == .transport(error))
        #expect(transport.endpoints == ["app/version", "auth/login"])
        #expect(clock.pauses == [])
    }

    @Test(arguments: [TransportError.unreachable(.closed), .unreachable(.brokenOff), .unreachable(.noRoute), .timedOut])
    func aChangeThatMayHaveArrivedIsInDoubt(error: TransportError) async throws {
        let transport = scripted([needsLogin, login, .failure(error), bye])
        try await signedIn(transport) { session in
            let thrown = await #expect(throws: ServerError.self) { try await session.accepted(.post("a/b")) }
            #expect(thrown?.code == .transport(error))
            #expect(thrown?.isInDoubt == true)
        }
        #expect(transport.count(of: "a/b") == 1)
    }

    @Test func aChangeThatCannotHaveArrivedIsSentAgain() async throws {
        let transport = scripted([needsLogin, login, refused, refused, .success(Response(200)), bye])
        try await signedIn(transport) { _ = try await $0.accepted(.post("a/b")) }
        #expect(transport.count(of: "a/b") == 3)
    }

    @Test(arguments: [(502, true), (503, true), (429, false), (409, false)])
    func aChangeIsNotSentAgainAfterAnAnswer(status: Int, isInDoubt: Bool) async throws {
        let transport = scripted([needsLogin, login, .success(Response(status)), bye])
        try await signedIn(transport) { session in
            let thrown = await #expect(throws: ServerError.self) { try await session.accepted(.post("a/b")) }
            #expect(thrown?.isInDoubt == isInDoubt)
        }
        #expect(transport.count(of: "a/b") == 1)
    }

    @Test func eachTryHasWhatIsLeftOfTheDeadline() async throws {
        let deadlines = Deadlines(clock, taking: .seconds(45))
        #expect(await code(deadlines) { _ in } == .transport(.unreachable(.brokenOff)))
        #expect(deadlines.seen == [.seconds(120), .milliseconds(74_900), .milliseconds(29_700)])
    }

    /// A cookie that the server has renewed counts from then on.
    @Test func aRenewedCookieIsTakenOver() async throws {
        let renewing = Answer.success(Response(200, "v5.3.0", cookie: "SID=b"))
        let foreign = Answer.success(Response(200, "v5.3.0", cookie: "OTHER=c"))
        let failing = Answer.success(Response(404, cookie: "SID=d"))
        try await signedIn(scripted([needsLogin, login, renewing, foreign, failing, bye])) { session in
            _ = try await Application(session).version()
            #expect(await session.cookies.map(\.value) == ["b"])
            _ = try await Application(session).version()
            _ = try await session.call(.get("no/such"))
            #expect(await session.cookies.map(\.value) == ["b"])
        }
    }

    @Test func cancellationEndsThePause() async throws {
        var rules = SignIn.Rules()
        rules.retries.firstPause = .seconds(1000)
        (rules.retries.firstPatience, rules.retries.longestPause) = (.seconds(1000), .seconds(1000))
        rules.retries.deadline = .seconds(2000)
        let (transport, limits) = (scripted([refused]), rules)
        let task = Task { await code(transport, rules: limits) { _ in } }
        while transport.endpoints.isEmpty { await Task.yield() }
        task.cancel()
        #expect(await task.value == .transport(.cancelled))
    }

    private func scripted(_ answers: [Answer]) -> CountingTransport { CountingTransport(ScriptedTransport(answers)) }

    private func code(
        _ transport: any Transport, rules: SignIn.Rules? = nil, _ body: (Session) async throws -> Void
    ) async -> ServerError.Code? {
        await ServerError.code { try await signedIn(transport, rules: rules, body) }
    }

    private func signedIn(
        _ transport: any Transport, rules: SignIn.Rules? = nil, _ body: (Session) async throws -> Void
    ) async throws {
        try await Session.signedIn(
            to: Server("https://seedbox.example"), over: transport, guard: nil, rules: rules ?? clock.rules,
            credentials: { ServerCredentials(username: "admin", password: .random(count: 8)) }, body)
    }
}

/// Notes the deadline of each call, and loses every answer after a while.
private final class Deadlines: Transport {
    private let clock: PauseClock
    private let duration: Duration
    private let noted = Mutex<[Duration?]>([])

    var localAddress: String? { nil }
    var seen: [Duration?] { noted.withLock { $0 } }

    init(_ clock: PauseClock, taking duration: Duration) {
        self.clock = clock
        self.duration = duration
    }

    func send(_ request: Request) async throws(TransportError) -> Response {
        noted.withLock { $0.append(request.deadline) }
        clock.pass(duration)
        throw .unreachable(.brokenOff)
    }
}

import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

/// The table of dialects beside what real servers do.
@Suite struct ObservedDialectTests {
    @Test(arguments: RealServer.Version.allCases)
    func signingIn(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.connected { server, transport in
                let dialect = try await dialect(of: real)
                let refused = try await login(.madeUp(), real, transport)
                #expect(refused.status == dialect.login.refused)
                #expect(refused.cookies.isEmpty && (refused.status != 200 || refused.text == "Fails."))
                let accepted = try await login(real.password(), real, transport)
                #expect(accepted.status == dialect.login.accepted)
                let name = dialect.cookieName == .fixed ? "SID" : "QBT_SID_\(real.port)"
                #expect(accepted.cookies.map(\.name) == [name])
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func headersThatSignIn(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.connected { _, transport in
                let dialect = try await dialect(of: real)
                let basic = try await status(of: "Basic bm9ib2R5Om5vdGhpbmc=", transport)
                // 401 to a wrong one is what counts to the ban; ignored, it is as if nobody had signed in.
                #expect(basic == (dialect.hasBasic ? 401 : 403))
                guard dialect.hasAPIKeys else {
                    await #expect(throws: (any Error).self) { _ = try await real.makeAPIKey() }
                    return
                }
                let key = try await real.makeAPIKey()
                var request = Request.get("app/version")
                let header = SecretHeader.bearer(key)
                request.secretHeaders = [try #require(header)]
                let answer = try await transport.send(request)
                #expect(answer.status == 200)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func torrentCreators(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        let dialect = try await dialect(of: real)
        try await real.signedIn { session, _ in
            guard dialect.hasTorrentCreator else {
                await #expect(throws: ServerError.self) { try await session.accepted(.get("torrentcreator/status")) }
                return
            }
            let creator = try await TorrentCreator(session)
            let id = try await creator.addTask(CreatorRequest(sourcePath: "/nowhere"))
            let task = try await creator.task(id)
            #expect((task.ignoresDotfiles != nil) == dialect.knowsIgnoreDotfiles)
            switch try #require(task.timeAdded) {
            case .text: #expect(dialect.taskTimes == .text)
            case .seconds: #expect(dialect.taskTimes == .seconds)
            }
            try await creator.deleteTask(id)
        }
    }

    /// A version that nobody knows yet is spoken to as the newest known one.
    @Test(arguments: ["2.99.0", "17.0.1"])
    func aVersionOfTheFutureIsLikeTheNewest(told: String) async throws {
        let real = try await RealServer.shared(.v5_3)
        try await Files.scratch { folder in
            let source = folder.appending(".hidden")
            try Files.write("content", to: source)
            try await real.connected { server, inner in
                let transport = AlteredTransport(inner) { request, answer in
                    guard request.endpoint == "app/webapiVersion", answer.status == 200 else { return answer }
                    return Response(200, told)
                }
                try await Session.signedIn(to: server, over: transport, guard: nil, credentials: real.right) {
                    session in
                    let creator = try await TorrentCreator(session)
                    #expect(creator.dialect.version.description == WebAPIVersion(told)?.description)
                    var request = CreatorRequest(sourcePath: source.string)
                    request.trackers = [["http://a.example/x%2By"]]
                    request.ignoresDotfiles = false
                    let id = try await creator.addTask(request)
                    let task = try await creator.ended(id)
                    #expect(task.status == .finished && task.ignoresDotfiles == false)
                    #expect(task.trackers == request.trackers)
                    try await creator.deleteTask(id)
                }
            }
        }
    }

    private func dialect(of real: RealServer) async throws -> Dialect {
        Dialect(try #require(WebAPIVersion(try await real.webAPIVersion())))
    }

    private func login(_ password: consuming Secret, _ real: RealServer, _ transport: any Transport) async throws
        -> Response
    {
        try await transport.send(
            .post("auth/login", FormBody([Field("username", real.username)], secret: "password", password)))
    }

    private func status(of authorization: String, _ transport: any Transport) async throws -> Int {
        var request = Request.get("app/version")
        let header = SecretHeader("authorization", Secret(copying: authorization.utf8))
        request.secretHeaders = [try #require(header)]
        return try await transport.send(request).status
    }
}

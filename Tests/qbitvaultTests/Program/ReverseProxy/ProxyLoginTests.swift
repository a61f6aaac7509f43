import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A proxy in front that wants a password of its own, in the header that qBittorrent reads too.
@Suite struct ProxyLoginTests {
    private static let asking = "auth_basic x; auth_basic_user_file users;"
    private static let keeping = "proxy_set_header Authorization \"\";"

    @Test(arguments: RealServer.Version.allCases)
    func aProxyThatKeepsItIsPassed(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await Self.with(server, "location / { \(Self.asking) \(Self.keeping) proxy_pass \(server.url); }") {
            place in
            let told: ToldCheck = try await place.scene.succeeding(["check"], environment: place.environment)
            #expect(told.proof == "password")
            // The one question without it, and then all with it.
            #expect(
                try place.nginx.log.split(separator: "\n").map { $0.hasSuffix(" keeper") }.firstIndex(of: false) == 0)
            #expect(try place.nginx.log.split(separator: "\n").count { !$0.hasSuffix(" keeper") } == 1)
        }
    }

    /// Before 5.2 it means nothing to qBittorrent.
    @Test(arguments: [RealServer.Version.v4_5, .v5_1])
    func anOldServerDoesNotMindIt(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await Self.with(server, "location / { \(Self.asking) proxy_pass \(server.url); }") { place in
            let told: ToldCheck = try await place.scene.succeeding(["check"], environment: place.environment)
            #expect(told.proof == "password")
        }
    }

    @Test(arguments: ["Basic ${PROXY_LOGIN}", "basic  ${PROXY_BASE64}", "Basic keeper:${PROXY_PASSWORD}"])
    func itMayBeWrittenInSeveralWays(value: String) async throws {
        let server = try await RealServer.shared(.v5_3)
        try await Self.with(
            server, "location / { \(Self.asking) \(Self.keeping) proxy_pass \(server.url); }", value
        ) { place in
            var environment = place.environment
            let password = place.password
            place.scene.hold(password)
            environment["PROXY_PASSWORD"] = password.text
            let login = Secret.joining(Secret(copying: "keeper:".utf8), password)
            environment["PROXY_BASE64"] = login.base64().text
            let told: ToldCheck = try await place.scene.succeeding(["check"], environment: environment)
            #expect(told.proof == "password")
        }
    }

    /// A login page for browsers; whoever shows the password in the header need not see it.
    @Test func aLoginPageIsPassed() async throws {
        let server = try await RealServer.shared(.v5_3)
        let configuration = """
            location = /gate { \(Self.asking) alias nginx.conf; }
            location = /auth { proxy_pass http://127.0.0.1:$server_port/gate; }
            location @login { return 302 /login; }
            location / { auth_request /auth; error_page 401 = @login; \(Self.keeping) proxy_pass \(server.url); }
            """
        try await Self.with(server, configuration) { place in
            let told: ToldCheck = try await place.scene.succeeding(["check"], environment: place.environment)
            #expect(told.proof == "password")
            #expect(try place.nginx.log.contains("app/version HTTP/1.1 302 -\n") && place.timesSent > 0)
        }
    }

    /// From 5.2 on the server would read it, and count it.
    @Test func itIsNotSentWhereNobodyAsksForIt() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await Self.with(server, "location / { proxy_pass \(server.url); }") { place in
            let told: ToldCheck = try await place.scene.succeeding(["check"], environment: place.environment)
            #expect(told.proof == "password")
            #expect(try !place.nginx.log.contains("keeper"))
        }
        try await Self.with(server, "location / { proxy_pass \(server.url); proxy_set_header Host $http_host; }") {
            place in
            let run = try await place.scene.run(["check"], environment: place.environment)
            try run.expectProblem(.sessionOrHostRefused)
            #expect(try !place.nginx.log.contains("keeper"))
        }
    }

    /// Proxies ban as well.
    @Test func oneThatTheProxyRefusesIsNotSentAgain() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await Self.with(server, "location / { \(Self.asking) \(Self.keeping) proxy_pass \(server.url); }") {
            place in
            let wrong = Secret.joining(Secret(copying: "keeper:".utf8), place.scene.newSecret())
            let environment = place.environment.merging(["PROXY_LOGIN": wrong.text ?? ""]) { $1 }
            func check(_ more: [String] = [], _ environment: [String: String]) async throws -> ToolRun {
                try await place.scene.run(["check"] + more, environment: environment)
            }
            let first = try await check([], environment)
            try first.expectProblem(.credentialsRefused)
            #expect(first.error.contains("where: proxy at"))
            let second = try await check([], environment)
            try second.expectProblem(.refusedBefore)
            #expect(second.error.contains("Authorization"))
            #expect(try place.timesSent == 1)
            try await check(["--force"], environment).expectProblem(.credentialsRefused)
            #expect(try place.timesSent == 2)
            try place.scene.expectNoLeak(in: first)
            try place.scene.expectNoLeak(in: second)
            // The right one is another one.
            let corrected = try await check([], place.environment)
            #expect(corrected.status == 0, "\(corrected.error)")
        }
    }

    /// The server bans after two failures: whole runs send it once.
    @Test func oneThatIsPassedOnAndRefusedIsNotSentAgain() async throws {
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "2"]
        try await RealServer.with(.v5_3, settings: settings) { server in
            try await Self.with(server, "location / { \(Self.asking) proxy_pass \(server.url); }") { place in
                let first = try await place.scene.run(["check"], environment: place.environment)
                try first.expectProblem(.credentialsRefused)
                #expect(first.error.contains("proxy_set_header Authorization"))
                for _ in 0..<3 {
                    let later = try await place.scene.run(["check"], environment: place.environment)
                    try later.expectProblem(.refusedBefore)
                }
                #expect(try place.timesSent == 1)
                try place.scene.expectNoLeak(in: first)
            }
            #expect(try await server.release() == "v5.3.0", "this address is not banned")
        }
    }

    /// The server and the proxy have the same password: signed in by the header, which proves no login.
    @Test func oneThatTheServerKnowsSignsIn() async throws {
        let server = try await RealServer.shared(.v5_3)
        let password = server.password()
        try await Self.with(
            server, "location / { \(Self.asking) proxy_pass \(server.url); }",
            users: [server.username: password.text ?? ""]
        ) { place in
            let login = Secret.joining(Secret(copying: "\(server.username):".utf8), password)
            let environment = place.environment.merging(["PROXY_LOGIN": login.text ?? ""]) { $1 }
            try place.scene.make("source")
            let run = try await place.scene.run(["create", "source"], environment: environment)
            #expect(run.status == 0, "\(run.error)")
            let log = try place.nginx.log
            #expect(!log.contains("auth/login") && log.contains("POST /api/v2/auth/logout HTTP/1.1 200"))
        }
    }

    /// An API key stands in the same header.
    @Test func itLeavesNoRoomForAnAPIKey() async throws {
        try await RealServer.with(.v5_3) { server in
            let key = try await server.makeAPIKey()
            func check(_ place: Place, _ method: String) async throws -> ToolRun {
                place.scene.hold(key)
                let more = ["QBIT_API_KEY": key.text ?? "", "QBITVAULT_AUTH_METHOD": method]
                let run = try await place.scene.run(["check"], environment: place.environment.merging(more) { $1 })
                try place.scene.expectNoLeak(in: run)
                return run
            }
            try await Self.with(server, "location / { \(Self.asking) \(Self.keeping) proxy_pass \(server.url); }") {
                place in
                let password: ToldCheck = try await check(place, "auto").document()
                #expect(password.proof == "password")
                try await check(place, "api_key").expectProblem(.configuration)
            }
            // Where no proxy asks, there is room.
            try await Self.with(server, "location / { proxy_pass \(server.url); }") { place in
                let key: ToldCheck = try await check(place, "api_key").document()
                #expect(key.proof == "api_key")
            }
            // The proxy's password is the server's, too: signed in already.
            let password = server.password()
            let users = [server.username: password.text ?? ""]
            try await Self.with(
                server, "location / { \(Self.asking) proxy_pass \(server.url); }", "Basic ${PROXY_LOGIN}", users: users
            ) { place in
                let login = Secret.joining(Secret(copying: "\(server.username):".utf8), password)
                let known = Place(
                    place, environment: place.environment.merging(["PROXY_LOGIN": login.text ?? ""]) { $1 })
                let told: ToldCheck = try await check(known, "auto").document()
                #expect(told.proof == "not proven")
                try await check(known, "api_key").expectProblem(.configuration)
            }
        }
    }

    /// What is no name and password is not sent at all.
    @Test func somethingElseIsRefused() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await Self.with(server, "location / { \(Self.asking) proxy_pass \(server.url); }") { place in
            let environment = place.environment.merging(["PROXY_LOGIN": "not base64"]) { $1 }
            let run = try await place.scene.run(["check"], environment: environment)
            try run.expectProblem(.secretSourceFailed)
            #expect(try place.nginx.log.isEmpty)
        }
    }

    /// A server behind nginx, and a configuration with its header.
    private struct Place: Sendable {
        let scene: Scene
        let nginx: Nginx
        let environment: [String: String]
        private let keeper: Keeper

        /// The proxy's password.
        var password: Secret { keeper.password.copy() }
        /// How many requests had the proxy's user name with them.
        var timesSent: Int { get throws { try nginx.log.split(separator: "\n").count { $0.hasSuffix(" keeper") } } }

        init(_ scene: Scene, _ nginx: Nginx, _ environment: [String: String], _ keeper: Keeper) {
            self.scene = scene
            self.nginx = nginx
            self.environment = environment
            self.keeper = keeper
        }

        init(_ other: Place, environment: [String: String]) {
            self.init(other.scene, other.nginx, environment, other.keeper)
        }
    }

    private final class Keeper: Sendable {
        let password = Secret.madeUp()
    }

    private static func with(
        _ server: RealServer, _ configuration: String, _ header: String = "Basic ${PROXY_LOGIN}",
        users: [String: String] = [:], _ body: (Place) async throws -> Void
    ) async throws {
        let keeper = Keeper()
        let all = users.merging(["keeper": keeper.password.text ?? ""]) { $1 }
        try await Nginx.with(configuration, users: all) { nginx in
            try await TestHome.with { home in
                let scene = Scene(home)
                scene.hold(keeper.password)
                try HeaderTests.configure(scene, nginx.url, ["Authorization: \"\(header)\""])
                var environment = scene.environment(for: server).filter { $0.key != "QBITVAULT_URL" }
                environment["PROXY_LOGIN"] = "keeper:\(keeper.password.text ?? "")"
                try await body(Place(scene, nginx, environment, keeper))
            }
        }
    }
}

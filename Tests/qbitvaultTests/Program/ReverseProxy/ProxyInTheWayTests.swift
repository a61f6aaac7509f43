import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What a real nginx does between the program and a server, and what is said about it.
@Suite struct ProxyInTheWayTests {
    /// A `server` block, the status that `check` ends with, and a word that its advice must have.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: ExitStatus
        let word: String
        let configuration: @Sendable (_ upstream: String) -> String

        init(
            _ name: String, _ status: ExitStatus, _ word: String,
            _ configuration: @escaping @Sendable (String) -> String
        ) {
            testDescription = name
            self.status = status
            self.word = word
            self.configuration = configuration
        }
    }

    static let cases = [
        Case("the path not taken away", .notQBittorrent, "base_path") { "location /qbt/ { proxy_pass \($0); }" },
        Case("no such path", .notQBittorrent, "base_path") { "location /other/ { proxy_pass \($0)/; }" },
        Case("Basic authentication", .notQBittorrent, "headers") {
            "location /qbt/ { auth_basic x; auth_basic_user_file users; proxy_pass \($0)/; }"
        },
        Case("authentication by request, refused", .notQBittorrent, "headers") {
            """
            location = /auth { return 401; }
            location /qbt/ { auth_request /auth; proxy_pass \($0)/; }
            """
        },
        Case("authentication by request, forbidden", .notQBittorrent, "headers") {
            """
            location = /auth { return 403; }
            location /qbt/ { auth_request /auth; proxy_pass \($0)/; }
            """
        },
        Case("authentication by request, with a login page", .notQBittorrent, "login page") {
            """
            location = /auth { return 401; }
            location @login { return 302 /login; }
            location /qbt/ { auth_request /auth; error_page 401 = @login; proxy_pass \($0)/; }
            """
        },
        Case("a login page in the place of the answer", .notQBittorrent, "login page") {
            """
            location = /auth { return 401; }
            location @login { default_type text/html; return 200 '<form>'; }
            location /qbt/ { auth_request /auth; error_page 401 = @login; proxy_pass \($0)/; }
            """
        },
        Case("nobody behind it", .serverError, "start qBittorrent") { _ in
            "location /qbt/ { proxy_pass http://127.0.0.1:1/; }"
        },
    ]

    static let host = Case("the proxy's own host and port passed on", .sessionOrHostRefused, "proxy_set_header Host") {
        "location /qbt/ { proxy_pass \($0)/; proxy_set_header Host $http_host; }"
    }

    @Test(arguments: cases) func itIsSaid(_ what: Case) async throws { try await Self.expect(what, .v5_3) }

    @Test(arguments: RealServer.Version.allCases)
    func aHostThatTheServerDoesNotKnowIsSaid(version: RealServer.Version) async throws {
        try await Self.expect(Self.host, version)
    }

    /// Nothing but the anonymous question reaches the server: no password is sent to where it does not belong.
    private static func expect(_ what: Case, _ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await Nginx.with(what.configuration(server.url)) { nginx in
            try await TestHome.with { home in
                let scene = Scene(home)
                let environment = scene.environment(for: server, at: nginx.url + "/qbt")
                let run = try await scene.run(["check"], environment: environment)
                try run.expectProblem(what.status)
                let told: ToldProblem = try run.document()
                #expect(told.next?.contains(what.word) == true, "\(told.message)")
                try scene.expectNoLeak(in: run)
                #expect(try !nginx.log.contains("auth/login"))
            }
        }
    }

    @Test func authenticationByRequestThatAgreesIsNotInTheWay() async throws {
        let server = try await RealServer.shared(.v5_1)
        let configuration = """
            location = /auth { return 200; }
            location /qbt/ { auth_request /auth; proxy_pass \(server.url)/; }
            """
        try await Nginx.with(configuration) { nginx in
            try await TestHome.with { home in
                let scene = Scene(home)
                let told: ToldCheck = try await scene.succeeding(
                    ["check"], environment: scene.environment(for: server, at: nginx.url + "/qbt"))
                #expect(told.proof == "password")
            }
        }
    }

    @Test func aServerThatDoesNotAnswerTheProxyIsToldFromOneThatIsDown() async throws {
        try await StandIn.with(.stayMute) { upstream in
            try await Nginx.with("location / { proxy_pass \(upstream.url); proxy_read_timeout 300ms; }") { nginx in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let run = try await scene.run(["check"], environment: scene.environment(for: nginx.url))
                    try run.expectProblem(.serverError)
                    #expect(run.error.contains("(504)"))
                    try scene.expectNoLeak(in: run)
                }
            }
        }
    }

    /// The torrent is made and saved; only the upload to seed it is too large for the proxy.
    @Test func aRequestThatIsTooLargeForTheProxyIsSaid() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await Nginx.with("location / { proxy_pass \(server.url); client_max_body_size 2k; }") { nginx in
            try await TestHome.with { home in
                let scene = Scene(home)
                try scene.make("source", size: 4 << 20)
                let run = try await scene.run(
                    ["create", "source", "--start-seeding", "--piece-size", "16KiB"],
                    environment: scene.environment(for: server, at: nginx.url))
                try run.expectProblem(.serverError)
                #expect(run.error.contains("(413)"))
                #expect(try home.files(in: "").contains("source.torrent"))
            }
        }
    }
}

import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A server below a path of a real nginx.
@Suite struct BasePathTests {
    @Test(arguments: zip(RealServer.Version.allCases, ["/qbt", "/qbt/", "//qbt//"]))
    func itsSlashesDoNotMatter(version: RealServer.Version, path: String) async throws {
        let server = try await RealServer.shared(version)
        try await Nginx.with("location /qbt/ { proxy_pass \(server.url)/; }") { nginx in
            try await Self.expectCheck(of: server, at: nginx.url + path)
        }
    }

    /// The same path as a setting of its own.
    @Test func itMayStandBesideHostAndPort() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await Nginx.with("location /a/b/ { proxy_pass \(server.url)/; }") { nginx in
            try await TestHome.with { home in
                let scene = Scene(home)
                try scene.configure("qbittorrent:\n  host: 127.0.0.1\n  port: \(nginx.port)\n  base_path: a/b/\n")
                let environment = scene.environment(for: server).filter { $0.key != "QBITVAULT_URL" }
                let told: ToldCheck = try await scene.succeeding(["check"], environment: environment)
                #expect(told.server == nginx.url + "/a/b")
                #expect(told.proof == "password")
            }
        }
    }

    /// A cookie that is good for the proxy's path alone comes back to the server all the same.
    @Test(arguments: RealServer.Version.allCases)
    func aRewrittenCookiePathDoesNoHarm(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        let location = "location /cp/ { proxy_pass \(server.url)/; proxy_cookie_path / /cp/; }"
        try await Nginx.with(location) { try await Self.expectCheck(of: server, at: $0.url + "/cp") }
    }

    @Test(arguments: [RealServer.Version.v5_1, .v5_3])
    func torrentsAreMadeThroughIt(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await Nginx.with("location /qbt/ { proxy_pass \(server.url)/; }") { nginx in
            try await TestHome.with { home in
                let scene = Scene(home)
                try scene.make("source", size: 100_000)
                let environment = scene.environment(for: server, at: nginx.url + "/qbt")
                let told: ToldCreate = try await scene.succeeding(["create", "source"], environment: environment)
                #expect(told.size == 100_000)
            }
        }
    }

    /// Their cookies have one name and one path, which a client with a cookie jar would mix up.
    @Test(arguments: RealServer.Version.allCases)
    func twoServersOfOneHostAreKeptApart(version: RealServer.Version) async throws {
        let one = try await RealServer.shared(version)
        try await RealServer.with(version) { other in
            let locations = [one, other].enumerated().map { "location /\($0)/ { proxy_pass \($1.url)/; }" }
            try await Nginx.with(locations.joined(separator: "\n")) { nginx in
                try await Self.expectCheck(of: one, at: nginx.url + "/0")
                try await Self.expectCheck(of: other, at: nginx.url + "/1")
            }
        }
    }

    /// The way behind the proxy is plain http; only the way to it counts.
    @Test func httpsMayEndAtTheProxy() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            let location = "location /qbt/ { proxy_pass \(server.url)/; proxy_set_header X-Forwarded-Proto https; }"
            try await Nginx.with(location, https: certificate) { nginx in
                try scene.trust(certificate.certificate)
                let environment = scene.environment(for: server, at: nginx.url + "/qbt")
                let told: ToldCheck = try await scene.succeeding(["check"], environment: environment)
                #expect(told.proof == "password")
            }
        }
    }

    private static func expectCheck(of server: RealServer, at url: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let told: ToldCheck = try await scene.succeeding(
                ["check"], environment: scene.environment(for: server, at: url))
            #expect(told.proof == "password")
            #expect(told.version == (try await server.release()))
        }
    }
}

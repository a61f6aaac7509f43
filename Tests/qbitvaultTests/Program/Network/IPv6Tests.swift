import TestSupport
import Testing

@testable import qbitvault

/// Servers with an IPv6 address, which stands in brackets wherever a port follows. In a network of their own, because
/// not every machine has IPv6.
@Suite struct IPv6Tests {
    @Test(arguments: RealServer.Version.allCases)
    func itStandsInAnAddress(version: RealServer.Version) async throws {
        try await Self.withServer(version, at: "::1") { server, network in
            #expect(server.url == "http://[::1]:\(server.port)")
            for url in [server.url, "http://[0:0:0::0001]:\(server.port)/"] {
                try await Self.expectCheck(of: server, ["QBITVAULT_URL": url], network)
            }
        }
    }

    @Test(arguments: ["::1", "[::1]", "localhost"])
    func itIsAHost(host: String) async throws {
        try await Self.withServer(.v5_3, at: "::1") { server, network in
            let settings = ["QBITVAULT_HOST": host, "QBITVAULT_PORT": "\(server.port)"]
            try await Self.expectCheck(of: server, settings, network)
        }
    }

    /// What is kept for it is found again, however its address is spelled.
    @Test func credentialsAreBoundToIt() async throws {
        try await Self.withServer(.v5_3, at: "::1") { server, network in
            try await TestHome.with { home in
                let scene = Scene(home)
                let password = server.password()
                scene.hold(password)
                let words = scene.setupWords(server)
                let setup = try await scene.run(words, input: password, by: network.starter)
                try #require(setup.status == 0, "\(setup.error)")
                let url = "http://[::0:1]:\(server.port)"
                let check = try await scene.run(
                    ["check"], environment: ["QBITVAULT_URL": url], by: network.starter)
                #expect(check.status == 0, "\(check.error)")
            }
        }
    }

    /// Nobody listens at the other address.
    @Test(arguments: ["::1", "127.0.0.1"])
    func aNameMayHaveBothFamilies(address: String) async throws {
        try await Self.withServer(.v5_1, at: address) { server, network in
            let url = "http://\(NetworkNamespace.bothFamilies):\(server.port)"
            try await Self.expectCheck(of: server, ["QBITVAULT_URL": url], network)
        }
    }

    @Test func nobodyListensAtEitherAddress() async throws {
        try await NetworkNamespace.with { network in
            try await TestHome.with { home in
                let scene = Scene(home)
                try scene.configure("qbittorrent:\n  allow_plain_http: \(NetworkNamespace.bothFamilies)\n")
                let environment = scene.environment(for: "http://\(NetworkNamespace.bothFamilies):1")
                let run = try await scene.run(["check"], environment: environment, by: network.starter)
                try run.expectProblem(.serverUnreachable)
                #expect(run.error.contains("nobody listens"))
            }
        }
    }

    private static func withServer(
        _ version: RealServer.Version, at address: String,
        _ body: (RealServer, NetworkNamespace) async throws -> Void
    ) async throws {
        try await NetworkNamespace.with { network in
            try await RealServer.with(version, address: address, in: network) { try await body($0, network) }
        }
    }

    private static func expectCheck(
        of server: RealServer, _ address: [String: String], _ network: NetworkNamespace
    ) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure("qbittorrent:\n  allow_plain_http: \(NetworkNamespace.bothFamilies)\n")
            let environment = scene.environment(for: server).filter { $0.key != "QBITVAULT_URL" }
            let run = try await scene.run(
                ["check"], environment: environment.merging(address) { $1 }, by: network.starter)
            try #require(run.status == 0, "\(run.error)")
            let told: ToldCheck = try run.document()
            #expect(told.proof == "password")
        }
    }
}

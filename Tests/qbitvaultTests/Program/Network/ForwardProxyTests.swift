import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A real proxy between the program and a server on another machine.
@Suite struct ForwardProxyTests {
    @Test(arguments: [NetworkNamespace.elsewhere, NetworkNamespace.elsewhereName])
    func plainHTTPGoesThroughIt(host: String) async throws {
        try await Self.withServer { place in
            try await Tinyproxy.with(in: place.network) { proxy in
                try await place.expectCheck(host, ["http_proxy": proxy.url])
                #expect(try proxy.log.contains("CONNECT \(host):\(place.server.port)"))
            }
        }
    }

    /// The way from the proxy on is encrypted, and the certificate is the server's.
    @Test func httpsGoesThroughIt() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let name = NetworkNamespace.elsewhereName
            let certificate = try await TestCertificate.selfSigned(for: "DNS:\(name)", in: home.path)
            try await NetworkNamespace.with { network in
                try await RealServer.with(
                    .v5_1, https: certificate, address: NetworkNamespace.elsewhere, in: network
                ) { server in
                    try await Tinyproxy.with(in: network) { proxy in
                        func check(_ host: String) async throws -> ToolRun {
                            var environment = scene.environment(for: server, at: "https://\(host):\(server.port)")
                            try scene.trust(certificate.certificate)
                            environment["HTTPS_PROXY"] = proxy.url
                            environment["http_proxy"] = "http://127.0.0.1:1"
                            return try await scene.run(["check"], environment: environment, by: network.starter)
                        }
                        let named = try await check(name)
                        #expect(named.status == 0, "\(named.error)")
                        #expect(try proxy.log.contains("CONNECT \(name)"))
                        // Compared would be the address of the proxy.
                        let numbered = try await check(NetworkNamespace.elsewhere)
                        try numbered.expectProblem(.tlsVerificationFailed)
                        #expect(numbered.error.contains("named by its address"))
                    }
                }
            }
        }
    }

    /// Its user name and password stand in the variable, and nowhere else.
    @Test func itMayAskForAPassword() async throws {
        let password = Secret.madeUp()
        let wrong = Secret.madeUp()
        try await Self.withServer { place in
            let line = "BasicAuth keeper \(password.text ?? "")"
            try await Tinyproxy.with([line], in: place.network) { proxy in
                func address(_ login: String) -> [String: String] {
                    ["ALL_PROXY": proxy.url.replacing("://", with: "://\(login)@")]
                }
                place.scene.hold(password)
                place.scene.hold(wrong)
                try await place.expectCheck(
                    NetworkNamespace.elsewhere, address("ke%65per:\(password.text ?? "")"))
                let without = try await place.check(NetworkNamespace.elsewhere, ["ALL_PROXY": proxy.url])
                try without.expectProblem(.serverUnreachable)
                #expect(without.error.contains("asks for a user name"))
                // It does not say why it refuses.
                let refused = try await place.check(
                    NetworkNamespace.elsewhere, address("keeper:\(wrong.text ?? "")"))
                try refused.expectProblem(.serverUnreachable)
                #expect(refused.error.contains("proxy 127.0.0.1:\(proxy.port)"))
                #expect(refused.error.contains("user name and password"))
                try place.scene.expectNoLeak(in: refused)
                let talkative = try await place.scene.home.run(
                    ["check", "-vvv"],
                    environment: place.scene.environment(
                        for: place.server, at: "http://\(NetworkNamespace.elsewhere):\(place.server.port)"
                    ).merging(address("keeper:\(password.text ?? "")")) { $1 }, by: place.network.starter)
                #expect(talkative.status == 0 && talkative.error.contains("app/version"), "\(talkative.error)")
                try place.scene.expectNoLeak(in: talkative)
            }
        }
    }

    /// The proxies named here do not exist: whoever went through one would fail.
    @Test func exceptionsAndThisMachineAreReachedDirectly() async throws {
        let nobody = ["http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"]
        try await Self.withServer { place in
            for exception in ["10.0.0.0/8", "\(NetworkNamespace.elsewhere):\(place.server.port)", "*"] {
                try await place.expectCheck(
                    NetworkNamespace.elsewhere, nobody.merging(["NO_PROXY": exception]) { $1 })
            }
            try await place.expectCheck(
                NetworkNamespace.elsewhereName, nobody.merging(["no_proxy": "other.test,.test"]) { $1 })
        }
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: try await RealServer.shared(.v5_3))
            let run = try await scene.run(["check"], environment: environment.merging(nobody) { $1 })
            #expect(run.status == 0, "\(run.error)")
        }
    }

    /// That the proxy is on this machine does not make the server so.
    @Test func aPasswordDoesNotGoThroughItInPlainText() async throws {
        try await Self.withServer { place in
            try await Tinyproxy.with(in: place.network) { proxy in
                try place.scene.configure("qbittorrent: {}\n")
                let run = try await place.check(NetworkNamespace.elsewhere, ["http_proxy": proxy.url])
                try run.expectProblem(.plainHTTPNotAllowed)
                #expect(try !proxy.log.contains("CONNECT"))
            }
        }
    }

    @Test func itMayRefuseOrFailToConnect() async throws {
        try await Self.withServer { place in
            try await Tinyproxy.with(["ConnectPort 1"], in: place.network) { proxy in
                let forbidden = try await place.check(NetworkNamespace.elsewhere, ["http_proxy": proxy.url])
                try forbidden.expectProblem(.serverUnreachable)
                #expect(forbidden.error.contains("opens no connection"))
            }
            try await place.server.stop()
            try await Tinyproxy.with(in: place.network) { proxy in
                let down = try await place.check(NetworkNamespace.elsewhere, ["http_proxy": proxy.url])
                try down.expectProblem(.serverUnreachable)
                #expect(down.error.contains("opens no connection"))
            }
        }
    }

    @Test func whatItSaysOrDoesNotSayIsTold() async throws {
        let password = Secret.madeUp()
        let login = "keeper:\(password.text ?? "")@"
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(password)
            try scene.configure("qbittorrent:\n  allow_plain_http: 192.0.2.7\n  connection_timeout: 0.5\n")
            // An address of the block for documentation: nothing is there, and the proxies here lead nowhere.
            var environment = scene.environment(for: "http://192.0.2.7:8080")
            environment["http_proxy"] = "http://\(login)127.0.0.1:1"
            let nobody = try await scene.run(["check"], environment: environment)
            try nobody.expectProblem(.serverUnreachable)
            #expect(nobody.error.contains("proxy 127.0.0.1:1"))
            try scene.expectNoLeak(in: nobody)
            try await StandIn.with(.stayMute) { mute in
                environment["http_proxy"] = "http://\(login)127.0.0.1:\(mute.port)"
                let silence = try await scene.run(["check"], environment: environment)
                try silence.expectProblem(.serverUnreachable)
                #expect(silence.error.contains("proxy 127.0.0.1:\(mute.port)"))
                try scene.expectNoLeak(in: silence)
            }
            let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=x\r\n\r\n"
            try await StandIn.with(.answer(answer)) { strict in
                environment["http_proxy"] = "http://\(login)127.0.0.1:\(strict.port)"
                let refused = try await scene.run(["check"], environment: environment)
                try refused.expectProblem(.credentialsRefused)
                try scene.expectNoLeak(in: refused)
            }
            for unusable in ["socks5://\(login)127.0.0.1", "http://\(login)127.0.0.1:port", "http://%zz\(login)a"] {
                environment["http_proxy"] = unusable
                let run = try await scene.run(["check"], environment: environment)
                try run.expectProblem(.configuration)
                #expect(run.error.contains("environment variable http_proxy"))
                try scene.expectNoLeak(in: run)
            }
        }
    }

    /// A server elsewhere, to which plain http is allowed.
    private struct Elsewhere {
        let scene: Scene
        let server: RealServer
        let network: NetworkNamespace

        func check(_ host: String, _ more: [String: String]) async throws -> ToolRun {
            let environment = scene.environment(for: server, at: "http://\(host):\(server.port)")
            return try await scene.run(
                ["check"], environment: environment.merging(more) { $1 }, by: network.starter)
        }

        func expectCheck(_ host: String, _ more: [String: String]) async throws {
            let run = try await check(host, more)
            try #require(run.status == 0, "\(run.error)")
            let told: ToldCheck = try run.document()
            #expect(told.proof == "password")
            try scene.expectNoLeak(in: run)
        }
    }

    private static func withServer(_ body: (Elsewhere) async throws -> Void) async throws {
        try await NetworkNamespace.with { network in
            try await RealServer.with(.v5_3, address: NetworkNamespace.elsewhere, in: network) { server in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let hosts = [NetworkNamespace.elsewhere, NetworkNamespace.elsewhereName]
                    try scene.configure("qbittorrent:\n  allow_plain_http: [\(hosts.joined(separator: ", "))]\n")
                    try await body(Elsewhere(scene: scene, server: server, network: network))
                }
            }
        }
    }
}

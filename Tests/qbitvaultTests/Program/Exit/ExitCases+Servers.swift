import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

extension ExitCase {
    static let servers = [
        ExitCase(.done, "a server that accepts the credentials") { scene in
            try await scene.run(["check"], environment: scene.environment(for: RealServer.shared(.v5_1)))
        },
        ExitCase(.serverUnreachable, "a port where nobody listens") { scene in
            try await scene.run(["check"], environment: scene.environment(for: StandIn.closedURL()))
        },
        ExitCase(.tlsVerificationFailed, "a certificate that nobody vouches for") { scene in
            let certificate = try await TestCertificate.selfSigned(in: scene.home.path)
            return try await RealServer.with(.v5_1, https: certificate) { server in
                try await scene.run(["check"], environment: scene.environment(for: server))
            }
        },
        ExitCase(.credentialsRefused, "a wrong password, where that is a 200") { try await refused($0, .v4_5) },
        ExitCase(.credentialsRefused, "a wrong password, where that is a 401") { try await refused($0, .v5_3) },
        ExitCase(.addressBanned, "one failure too many") { scene in
            let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "1"]
            return try await RealServer.with(.v5_3, settings: settings) { server in
                let environment = scene.environment(for: server, wrong: true)
                _ = try await scene.run(["check"], environment: environment)
                return try await scene.run(["check", "--force"], environment: environment)
            }
        },
        ExitCase(.refusedBefore, "a password that was refused, and no server is asked") { scene in
            try await RealServer.with(.v5_1) { server in
                let environment = scene.environment(for: server, wrong: true)
                let first = try await scene.run(["check"], environment: environment)
                #expect(first.status == 22)
                // A request would be noticed: nobody listens any longer.
                try await server.stop()
                return try await scene.run(["check"], environment: environment)
            }
        },
        ExitCase(.sessionOrHostRefused, "a port that is passed on from another one") { scene in
            let server = try await RealServer.shared(.v5_3)
            return try await StandIn.with(.passOn(to: server.port)) { relay in
                try await scene.run(["check"], environment: scene.environment(for: relay.url))
            }
        },
        ExitCase(.notQBittorrent, "a web page") { try await answered($0, "200 OK") },
        ExitCase(.notQBittorrent, "a redirect") { try await answered($0, "302 Found\r\nlocation: /login") },
        ExitCase(.notQBittorrent, "no HTTP at all") { scene in
            try await StandIn.with(.answer("220 mail.example ESMTP\r\n")) { server in
                try await scene.run(["check"], environment: scene.environment(for: server.url))
            }
        },
        ExitCase(.plainHTTPNotAllowed, "a host elsewhere, without https") { scene in
            // An address of the block for documentation: nothing is there, and nothing may be sent.
            try await scene.run(["check"], environment: scene.environment(for: "http://192.0.2.7:8080"))
        },
        ExitCase(.timedOut, "a server that never answers") { scene in
            try await StandIn.with(.stayMute) { server in
                let patience = ["QBITVAULT_READ_TIMEOUT": "0.5"]
                let environment = scene.environment(for: server.url).merging(patience) { $1 }
                return try await scene.run(["check"], environment: environment)
            }
        },
        ExitCase(.serverError, "a server that says it is down") { try await answered($0, "503 Service Unavailable") },
    ]

    private static func refused(_ scene: Scene, _ version: RealServer.Version) async throws -> ToolRun {
        try await RealServer.with(version) { server in
            try await scene.run(["check"], environment: scene.environment(for: server, wrong: true))
        }
    }

    private static func answered(_ scene: Scene, _ head: String) async throws -> ToolRun {
        let answer = "HTTP/1.1 \(head)\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<p/>"
        return try await StandIn.with(.answer(answer)) { server in
            try await scene.run(["check"], environment: scene.environment(for: server.url))
        }
    }
}

import TestSupport

@testable import qbitvault

extension ExitCase {
    static let severalServers = [
        ExitCase(.someFailed, "one server of two that is not there") { scene in
            let server = try await RealServer.shared(.v5_1)
            let closed = try await StandIn.closedURL()
            try scene.configure("servers:\n  a: {url: \"\(server.url)\"}\n  b: {url: \"\(closed)\"}\n")
            return try await scene.run(
                ["check", "--all-servers"], environment: scene.environment(for: server, as: "a", "b"))
        },
        ExitCase(.usage, "all servers where one is needed") {
            try await $0.run(["exec", "--all-servers", "--", "true"])
        },
        ExitCase(.usage, "a server where none is needed") { try await $0.run(["vault", "status", "--server", "a"]) },
        ExitCase(.usage, "one server and all of them") { scene in
            try await scene.run(["check", "--all-servers", "--server", "a"])
        },
        ExitCase(.usage, "one password for all servers") { scene in
            try await scene.run(["check", "--all-servers", "--password-stdin"], input: scene.newSecret())
        },
        ExitCase(.usage, "a name that no server can have") { scene in
            try await scene.run(["setup", "--server", "a/b", "--url", "http://127.0.0.1:1"])
        },
        ExitCase(.usage, "a new server without an address") { scene in
            try await scene.run(["setup", "--server", "a", "--username", "admin", "--password-stdin"])
        },
        ExitCase(.configuration, "a server that the configuration does not know") { scene in
            try await scene.run(["check", "--server", "a"])
        },
        ExitCase(.configuration, "a new server, and a configuration that is there") { scene in
            try scene.configure("qbittorrent:\n  port: 8081\n")
            return try await scene.run(
                ["setup", "--server", "a", "--url", "http://127.0.0.1:1", "--username", "admin", "--password-stdin"],
                input: scene.newSecret())
        },
    ]
}

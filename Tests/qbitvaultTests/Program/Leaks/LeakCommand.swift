import Secrets
import SystemPackage
import TestSupport

/// A command that handles a password, and the one way by which it hands it on.
struct LeakCommand: CustomStringConvertible {
    enum Way {
        case none
        /// Into the pipe that standard output is.
        case output
        /// Into one request, to the server.
        case login
        /// Into the environment of the program that it becomes.
        case environment
    }

    let description: String
    let way: Way
    /// Whether the password comes by standard input.
    let takesPassword: Bool
    let words: @Sendable (Scene, RealServer) throws -> [String]

    init(
        _ description: String, _ way: Way, takesPassword: Bool = false,
        _ words: @escaping @Sendable (Scene, RealServer) throws -> [String]
    ) {
        (self.description, self.way, self.takesPassword, self.words) = (description, way, takesPassword, words)
    }

    /// In an order in which each finds what it needs in a home that was empty before the first.
    static let all = [
        LeakCommand("setup", .login, takesPassword: true) { scene, server in scene.setupWords(server) },
        LeakCommand("check", .login) { _, _ in ["check"] },
        LeakCommand("create", .login) { scene, _ in
            ["create", try scene.makeSource().string, "--output", scene.home.path.string]
        },
        LeakCommand("credential get", .output) { _, _ in ["credential", "get", "QBIT_PASSWORD"] },
        LeakCommand("credential set", .none, takesPassword: true) { _, _ in
            ["credential", "set", "QBIT_PASSWORD", "--stdin"]
        },
        LeakCommand("exec", .environment) { _, _ in ["exec", "--", "/bin/true"] },
    ]

    /// Runs each on a server whose password looks different in every encoding, at the most talkative.
    static func each(
        _ body: (LeakCommand, Scene, RealServer, [String]) async throws -> Void
    ) async throws {
        try await RealServer.with(.v5_3, password: .planted()) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                scene.hold(server.password())
                for command in all {
                    let words = try command.words(scene, server)
                    let end = words.firstIndex(of: "--") ?? words.endIndex
                    try await body(command, scene, server, words[..<end] + ["-vvv"] + words[end...])
                }
            }
        }
    }

    func input(_ server: RealServer) -> Secret? { takesPassword ? server.password() : nil }
}

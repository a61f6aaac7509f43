import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// The line that a new server starts with.
@Suite(.timeLimit(.minutes(3))) struct ServerHashTests {
    struct Line: Decodable {
        let section: String
        let key: String
        let value: String
        let line: String
        let username: String
    }

    /// With letters that the form, the settings and base64 could all get wrong.
    @Test(arguments: RealServer.Version.allCases)
    func aServerThatStartsWithItTakesThePasswordAndNoOther(_ version: RealServer.Version) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let password = Secret.joining(Secret(copying: "sésame &%+\\\"€ ".utf8), scene.newSecret())
            try await scene.keep(password)
            let line: Line = try await scene.succeeding(["server-hash"])
            #expect(line.username == "admin")
            let settings = ["\(line.section)/\(line.key.replacing("\\", with: "/"))": line.value]
            try await RealServer.with(version, settings: settings) { server in
                let wrong = try await home.run(
                    ["check"], environment: scene.environment(for: server, with: scene.newSecret()))
                #expect(wrong.status == ExitStatus.credentialsRefused.rawValue, "\(wrong.error)")
                let right = try await home.run(["check"], environment: scene.environment(for: server, with: password))
                #expect(right.status == 0, "\(right.error)")
                // The one that the server would have had without the line.
                let former = try await home.run(["check"], environment: scene.environment(for: server))
                #expect(former.status == ExitStatus.credentialsRefused.rawValue, "\(former.error)")
            }
            try scene.expectNoLeak(in: Array(line.line.utf8))
        }
    }

    @Test func theLineStandsAloneAndIsSaltedAnew() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.keep(scene.newSecret())
            let first = try await home.run(["server-hash"])
            try #require(first.status == 0, "\(first.error)")
            let base64 = "[A-Za-z0-9+/]"
            let shape = try Regex(
                #"WebUI\\Password_PBKDF2="@ByteArray\(\#(base64){22}==:\#(base64){86}==\)"\n"#)
            #expect(first.text.wholeMatch(of: shape) != nil, "\(first.text)")
            #expect(first.error.contains("its user name is admin"))
            let second = try await home.run(["server-hash", "--quiet"])
            #expect(second.error.isEmpty && second.text != first.text)
            try scene.expectNoLeak(in: first)
        }
    }

    @Test func withoutAPasswordThereIsNoLine() async throws {
        try await TestHome.with { home in
            try await Scene(home).run(["server-hash"]).expectProblem(.credentialNotFound)
        }
    }

    @Test func aPasswordThatNobodyCanTypeHasNoLine() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.keep(Secret(copying: [0x61, 0xff, 0x62, 0x63, 0x64, 0x65]))
            let run = try await scene.run(["server-hash"])
            try run.expectProblem(.secretSourceFailed)
            let told: ToldProblem = try run.document()
            #expect(told.what.contains("UTF-8"))
        }
    }
}

extension Scene {
    /// Into a vault, with the name that goes with it.
    fileprivate func keep(_ password: borrowing Secret) async throws {
        hold(password)
        try await succeed(["vault", "init", "--key-file", keyFile.string])
        try await succeed(["credential", "set", "QBIT_USERNAME", "--stdin"], input: Secret(copying: "admin".utf8))
        try await succeed(["credential", "set", "QBIT_PASSWORD", "--stdin"], input: password.copy())
    }

    fileprivate func environment(for server: RealServer, with password: borrowing Secret) -> [String: String] {
        hold(password)
        return [
            "QBITVAULT_URL": server.url, "QBIT_USERNAME": "admin", "QBIT_PASSWORD": password.text ?? "",
        ]
    }
}

import Secrets
import SystemPackage
import TestSupport
import Testing

extension Scene {
    /// A home in memory with a vault, in which a name and a password are kept.
    ///
    /// - Parameter more: further names, each with a value of its own.
    static func withCredentials(
        _ more: String..., body: (Scene, borrowing Secret) async throws -> Void
    ) async throws {
        try await TestHome.with(named: "/dev/shm/qbitvault-test.") { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            let password = scene.newSecret()
            try await scene.keep("QBIT_USERNAME", Secret(copying: "admin".utf8))
            try await scene.keep("QBIT_PASSWORD", password.copy())
            for name in more { try await scene.keep(name, Secret(copying: "value of \(name)".utf8)) }
            try await body(scene, password)
        }
    }

    func keep(_ name: String, _ value: consuming Secret, _ options: [String] = []) async throws {
        try await succeed(["credential", "set", name, "--stdin"] + options, input: value)
    }

    /// Asserts what `exec` gives a command, of the variables that a caller does not have of its own.
    func expectHanded(
        _ options: [String], _ expected: [String: String], environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let run = try await run(["exec"] + options + ["--", "env", "-0"], environment: environment)
        #expect(run.status == 0 && run.error.isEmpty, "\(run.error)", sourceLocation: sourceLocation)
        let variables = run.text.split(separator: "\0").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let names = variables.map { $0[0] }.filter { home.environment[$0] == nil }
        #expect(names.sorted() == expected.keys.sorted(), "once each", sourceLocation: sourceLocation)
        let found = Dictionary(variables.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { $1 }
        let same = expected.allSatisfy { found[$0.key] == $0.value }
        #expect(same, sourceLocation: sourceLocation)
    }
}

import Secrets
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// A home, and secrets that must not show anywhere.
final class Scene: Sendable {
    let home: TestHome
    private let held = Mutex<[Held]>([])
    private let plain = Mutex<Set<FilePath>>([])

    init(_ home: TestHome) { self.home = home }

    /// A secret that nobody knew before.
    func newSecret() -> Secret {
        let secret = Secret.madeUp()
        hold(secret)
        return secret
    }

    /// From now on `secret` is looked for.
    func hold(_ secret: borrowing Secret) {
        let held = Held(secret.copy())
        self.held.withLock { $0.append(held) }
    }

    /// Writes a file that holds a secret because the test wants it to.
    func write(_ bytes: [UInt8], to path: FilePath, mode: UInt32 = 0o600) throws {
        try Files.write(bytes, to: path)
        try Files.setMode(path, mode)
        plain.withLock { _ = $0.insert(path) }
    }

    /// Runs the program so that it says what went wrong, in words and as a document, and nothing beside that.
    func run(
        _ words: [String], input: consuming Secret? = nil, environment: [String: String] = [:],
        in folder: FilePath? = nil, by starter: [String] = []
    ) async throws -> ToolRun {
        let (options, rest) = (words.prefix { $0 != "--" }, words.drop { $0 != "--" })
        return try await home.run(
            options + ["--json", "--quiet"] + rest, input: Self.piped(input), environment: environment, in: folder,
            by: starter)
    }

    /// The same for a step that a test rests on.
    func succeed(
        _ words: [String], input: consuming Secret? = nil, environment: [String: String] = [:]
    ) async throws {
        let run = try await home.run(words, input: Self.piped(input), environment: environment)
        try #require(run.status == 0, "\(words): \(run.error)")
    }

    /// Asserts that no secret stands in what was written, or in any file but those that the test wrote itself.
    func expectNoLeak(in run: ToolRun) throws { try expectNoLeak(in: run.output + Array(run.error.utf8)) }

    func expectNoLeak(in written: [UInt8]) throws {
        for held in held.withLock({ $0 }) {
            let shows = SecretForms(of: held.secret).occur(in: written)
            #expect(!shows, "a secret was shown")
            let leaks = try home.leaks(of: held.secret).filter { path in !plain.withLock { $0.contains(path) } }
            #expect(leaks == [])
        }
    }

    static func piped(_ secret: consuming Secret?) throws -> ToolInput? {
        switch consume secret {
        case let secret?: try .secret(secret)
        case nil: nil
        }
    }

    private final class Held: Sendable {
        let secret: Secret

        init(_ secret: consuming Secret) { self.secret = secret }
    }
}

extension Scene {
    /// A run that must succeed and say nothing on standard error; what it told.
    func succeeding<D: Decodable>(
        _ words: [String], _ type: D.Type = D.self, input: consuming Secret? = nil,
        environment: [String: String] = [:]
    ) async throws -> D {
        let run = try await run(words, input: input, environment: environment)
        try #require(run.status == 0, "\(words): \(run.error)")
        #expect(run.error.isEmpty)
        return try run.document()
    }
}

import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

/// The guard's files, without a server.
@Suite struct LoginGuardFileTests {
    private let refused = Response(403, "Forbidden")

    @Test func whatMayHaveBeenSentCounts() async throws {
        try await scratch { folder, server in
            let lost = ScriptedTransport([.success(refused), .failure(.unreachable(.closed))])
            #expect(await code(lost, LoginGuard(in: folder), server) == .transport(.unreachable(.closed)))
            let left = try LoginGuard(in: folder).attemptsLeft(at: server)
            #expect(left == 2)
        }
    }

    @Test(arguments: [
        ScriptedTransport.Answer.failure(.unreachable(.refused)), .failure(.tls(.untrusted(.expired, nil))),
        .success(Response(404)),
    ])
    func whatReachedNoLoginLogicDoesNot(answer: ScriptedTransport.Answer) async throws {
        try await scratch { folder, server in
            let unheard = ScriptedTransport([.success(refused), answer])
            #expect(await code(unheard, LoginGuard(in: folder), server) != nil)
            let left = try LoginGuard(in: folder).attemptsLeft(at: server)
            #expect(left == 3)
        }
    }

    /// A proxy may have given up after the server had judged.
    @Test(arguments: [Response(503), Response(504), Response(200, contentType: "text/html")])
    func whatAProxyMayHaveCutOffCounts(answer: Response) async throws {
        try await scratch { folder, server in
            let lost = ScriptedTransport([.success(refused), .success(answer)])
            #expect(await code(lost, LoginGuard(in: folder), server) != nil)
            let left = try LoginGuard(in: folder).attemptsLeft(at: server)
            #expect(left == 2)
        }
    }

    @Test func anAttemptIsDurableBeforeItIsSent() async throws {
        try await scratch { folder, server in
            let loginGuard = LoginGuard(in: folder)
            let attempt = try await loginGuard.begin("aa", at: server, .unattended)
            #expect(try LoginGuard(in: folder).attemptsLeft(at: server) == 2)
            // Let go of as by a process that dies.
            _ = consume attempt
            #expect(try LoginGuard(in: folder).attemptsLeft(at: server) == 2)
        }
    }

    @Test func nothingIsKeptOfAProvenLogin() async throws {
        try await scratch { folder, server in
            let loginGuard = LoginGuard(in: folder)
            _ = try await loginGuard.begin("aa", at: server, .unattended)
            #expect(try Files.all(below: folder).contains { $0.extension == "json" })
            _ = try await loginGuard.begin("bb", at: server, .unattended).end(.proven)
            #expect(try !Files.all(below: folder).contains { $0.extension == "json" })
            #expect(try loginGuard.attemptsLeft(at: server) == 3)
        }
    }

    @Test func serversAreRememberedApart() async throws {
        try await scratch { folder, server in
            _ = try await LoginGuard(in: folder).begin("aa", at: server, .unattended)
            #expect(try LoginGuard(in: folder).attemptsLeft(at: Server("https://seedbox.example/other")) == 3)
        }
    }

    @Test func filesAreClosedToOthersAndHoldNoPassword() async throws {
        try await scratch { folder, server in
            let password = Secret.madeUp()
            let transport = ScriptedTransport(refused, Response(200, "Fails."))
            #expect(await code(transport, LoginGuard(in: folder), server, password) == .wrongPassword)
            let files = try Files.all(below: folder)
            #expect(files.count == 4)
            let forms = SecretForms(of: password)
            for file in files {
                #expect(try Files.mode(file) == 0o600)
                let leaks = forms.occur(in: try Files.bytes(file))
                #expect(!leaks)
            }
            #expect(try Files.mode(folder.appending("logins")) == 0o700)
        }
    }

    @Test func whatKilledWritersLeftIsRemoved() async throws {
        try await scratch { folder, server in
            _ = try await LoginGuard(in: folder).begin("aa", at: server, .unattended)
            let all = try Files.all(below: folder)
            let record = try #require(all.first { $0.extension == "json" })
            for path in [record, folder.appending("logins/fingerprint.key")] {
                let name = try #require(path.lastComponent?.string).prefix(40)
                try Files.write("left", to: path.removingLastComponent().appending(".\(name).0123456789a.tmp"))
            }
            let credentials = Credentials(username: "admin", password: .madeUp())
            let fingerprint = try LoginGuard(in: folder).fingerprint(of: credentials, at: server)
            _ = try await LoginGuard(in: folder).begin(fingerprint, at: server, .unattended)
            #expect(try Files.all(below: folder).allSatisfy { $0.extension != "tmp" })
        }
    }

    @Test(arguments: ["", "{}", "nonsense", #"{"server":"http://other:80","history":{"failures":0,"refused":[]}}"#])
    func aDamagedFileLetsNobodyIn(content: String) async throws {
        try await scratch { folder, server in
            _ = try await LoginGuard(in: folder).begin("aa", at: server, .unattended)
            let all = try Files.all(below: folder)
            let file = try #require(all.first { $0.extension == "json" })
            try Files.write(content, to: file)
            let damaged = FileError(.failed(.read, .badMessage), at: file)
            #expect(await code(ScriptedTransport(), LoginGuard(in: folder), server) == .guardUnavailable(damaged))
        }
    }

    @Test func theVaultsKeyGivesAnotherAndLongerFingerprint() throws {
        let server = try Server("https://seedbox.example")
        let key = Secret.random(count: 32)
        let credentials = Credentials(username: "admin", password: .madeUp())
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let keyed = try LoginGuard(in: folder, key: given(key)).fingerprint(of: credentials, at: server)
        #expect(try LoginGuard(in: folder, key: given(key)).fingerprint(of: credentials, at: server) == keyed)
        let other = Secret.random(count: 32)
        #expect(try LoginGuard(in: folder, key: given(other)).fingerprint(of: credentials, at: server) != keyed)
        let cut = try LoginGuard(in: folder).fingerprint(of: credentials, at: server)
        #expect(try LoginGuard(in: folder).fingerprint(of: credentials, at: server) == cut)
        #expect(keyed.count == 64 && cut.count == 4)
    }

    @Test func theFingerprintIsOfServerNameAndPassword() throws {
        let loginGuard = LoginGuard(in: "/nowhere", key: given(.random(count: 32)))
        let password = Secret.madeUp()
        let marks = try [("https://a", "x"), ("https://b", "x"), ("https://a", "y"), ("https://a", "x;")].map {
            let credentials = Credentials(username: $0.1, password: password.copy())
            return try loginGuard.fingerprint(of: credentials, at: Server($0.0))
        }
        #expect(Set(marks).count == 4)
    }

    private func given(_ key: borrowing Secret) -> @Sendable () -> Secret? {
        let kept = Kept(key.copy())
        return { kept.secret.copy() }
    }

    private final class Kept: Sendable {
        let secret: Secret

        init(_ secret: consuming Secret) { self.secret = secret }
    }

    private func scratch(_ body: (FilePath, Server) async throws -> Void) async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        try await body(folder, Server("https://seedbox.example"))
    }

    private func code(
        _ transport: any Transport, _ loginGuard: LoginGuard, _ server: Server,
        _ password: borrowing Secret = .madeUp()
    ) async -> ServerError.Code? {
        let password = password.copy()
        return await ServerError.code {
            try await Session.signedIn(
                to: server, over: transport, guard: loginGuard,
                credentials: { ServerCredentials(username: "admin", password: password.copy()) }
            ) { _ in }
        }
    }
}

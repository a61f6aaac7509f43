import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// By whose key a refused password is known again: the chosen store's, whoever answers.
@Suite(.timeLimit(.minutes(3))) struct FingerprintKeyTests {
    /// Refused from the vault, then typed, then from the environment.
    @Test func theVaultsKeyIsUsedForEverySource() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            try await expectOneFingerprint(scene, server, [:])
            #expect(try Files.all(below: scene.logins).allSatisfy { $0.extension != "key" })
        }
    }

    @Test func soIsTheKeyringsWhichIsAnItemThatNobodySees() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            try await KeyringSession.with(.unlocked) { session in
                let bus = session.environment.filter { $0.key == "XDG_RUNTIME_DIR" }
                try await expectOneFingerprint(scene, server, bus, ["--store", "keyring"])
                let list = try await scene.home.run(["credential", "list"], environment: bus)
                #expect(list.text.split(separator: "\n").count == 2, "\(list.text)")
                #expect(!session.askedAPerson)

                // A locked keyring gives no key and asks nobody: the file in the state folder serves.
                try await session.lock()
                let environment = scene.environment(for: server, wrong: true).merging(bus) { $1 }
                try await scene.run(["check"], environment: environment).expectProblem(.credentialsRefused)
                try await scene.run(["check"], environment: environment).expectProblem(.refusedBefore)
                #expect(try scene.fingerprints().map(\.count) == [64, 4])
                #expect(!session.askedAPerson)
            }
        }
    }

    /// A hundred that start together make one key.
    @Test func thoseThatStartTogetherAgreeOnAKeyInTheKeyring() async throws {
        let server = try await RealServer.shared(.v4_5)
        try await TestHome.with { home in
            let scene = Scene(home)
            try await KeyringSession.with(.unlocked) { session in
                let bus = session.environment.filter { $0.key == "XDG_RUNTIME_DIR" }
                let environment = scene.environment(for: server, wrong: true).merging(bus) { $1 }
                    .merging(["QBITVAULT_STORE": "keyring"]) { $1 }
                let statuses = try await inParallel(12, atOnce: 12) {
                    try await scene.run(["check"], environment: environment).status
                }
                #expect(statuses.count { $0 == 22 } == 1 && statuses.count { $0 == 24 } == 11, "\(statuses)")
                #expect(try scene.fingerprints().map(\.count) == [64])
            }
        }
    }

    private func expectOneFingerprint(
        _ scene: Scene, _ server: RealServer, _ environment: [String: String], _ options: [String] = []
    ) async throws {
        let url = ["QBITVAULT_URL": server.url].merging(environment) { $1 }
        let password = try await scene.keepStalePassword("admin", url, options)
        try await scene.run(["check"], environment: url).expectProblem(.credentialsRefused)
        let setup = ["setup", "--username", "admin", "--password-stdin", "--url", server.url] + options
        try await scene.run(setup, input: password.copy(), environment: url).expectProblem(.refusedBefore)
        let given = ["QBIT_USERNAME": "admin", "QBIT_PASSWORD": password.text ?? ""].merging(url) { $1 }
        try await scene.run(["check"], environment: given).expectProblem(.refusedBefore)
        #expect(try scene.fingerprints().map(\.count) == [64])
    }
}

extension Scene {
    fileprivate var logins: FilePath { home.state.appending("qbitvault/logins") }

    /// What the memory of logins knows passwords by.
    fileprivate func fingerprints() throws -> [String] {
        struct Record: Decodable {
            let history: History
            struct History: Decodable { let sent: [Sent] }
            struct Sent: Decodable { let fingerprint: String }
        }
        let files = try Files.all(below: logins).filter { $0.extension == "json" }
        return try files.flatMap {
            try JSONDecoder().decode(Record.self, from: Data(try Files.bytes($0))).history.sent.map(\.fingerprint)
        }
    }
}

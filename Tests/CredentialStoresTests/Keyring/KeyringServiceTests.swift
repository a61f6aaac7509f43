import Glibc
import SystemPackage
import TestSupport
import Testing

/// The keyring store against a real gnome-keyring-daemon.
@Suite(.timeLimit(.minutes(2))) struct KeyringServiceTests {
    private let value = Array(madeUp().utf8)
    private let origin = "http://127.0.0.1:8080"

    @Test func nothingIsAskedOfAPersonWhenItIsLocked() async throws {
        try await KeyringSession.with(.unlocked) { session async throws in
            let keyring = session.environment
            #expect(try await keyring.probe("write", "default", "QBIT_PASSWORD", origin, input: value).status == 0)
            try await session.lock()
            for verb in ["read", "delete", "write"] {
                let answer = try await keyring.probe(verb, "default", "QBIT_PASSWORD", origin, input: value)
                #expect(answer.status == 12, "\(verb)")
                #expect(answer.output.isEmpty)
            }
            #expect(try await keyring.probe("list").status == 12)
            #expect(try await keyring.probe("write", "default", "NEW", origin, input: value).status == 12)
            #expect(try await keyring.probe("read", "default", "NEVER_STORED").status == 12)
            #expect(!session.askedAPerson)
            // The control: a client that does unlock is seen.
            #expect(try await keyring.secretTool("lookup").status != 0)
            #expect(session.askedAPerson)
        }
    }

    @Test func withoutADefaultCollectionThereIsNoService() async throws {
        try await KeyringSession.with(.withoutCollection) { session async throws in
            let keyring = session.environment
            #expect(try await keyring.probe("read", "default", "QBIT_PASSWORD").status == 13)
            #expect(try await keyring.probe("write", "default", "A", origin, input: value).status == 13)
            #expect(try await keyring.probe("list").errors == ["noCollection"])
            #expect(!session.askedAPerson)
        }
    }

    @Test func aKeyringThatWasStartedAnewAnswersTheSameRun() async throws {
        try await KeyringSession.with(.unlocked) { session async throws in
            let keyring = session.environment.merging(["PROBE_BETWEEN": session.restart]) { $1 }
            #expect(try await keyring.probe("write", "default", "QBIT_PASSWORD", origin, input: value).status == 0)
            let run = try await keyring.probe("again", "default", "QBIT_PASSWORD")
            #expect(run.status == 0)
            #expect(run.output == value + value)
            let daemon = String(decoding: try Files.bytes(session.folder.appending("restarted")), as: UTF8.self)
            #expect(Int32(daemon.filter(\.isNumber)) ?? 0 > 0)
            #expect(Int32(daemon.filter(\.isNumber)) != session.daemon, "it was another one")
        }
    }

    @Test func aBusWithoutAKeyringIsNoService() async throws {
        try await KeyringSession.with(.none) { session async throws in
            for words in [["read", "default", "A"], ["list"], ["write", "default", "A", origin]] {
                let answer = try await session.environment.probe(words, input: value)
                #expect(answer.status == 13, "\(words)")
                #expect(answer.errors == ["noService"])
            }
        }
    }

    @Test(arguments: [
        [:], ["DBUS_SESSION_BUS_ADDRESS": ""], ["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"],
        ["SECRET_BACKEND": "other"],
    ])
    func noBusIsNoService(variables: [String: String]) async throws {
        let environment = variables.merging(["XDG_RUNTIME_DIR": "/nonexistent"]) { first, _ in first }
        #expect(try await environment.probe("read", "default", "A").status == 13)
        #expect(try await environment.probe("delete", "default", "A").status == 13)
    }

    @Test func aKeyringThatDoesNotAnswerTimesOut() async throws {
        try await KeyringSession.with(.unlocked) { session async throws in
            try #require(session.daemon > 0 && kill(session.daemon, SIGSTOP) == 0)
            defer { kill(session.daemon, SIGCONT) }
            let hasty = session.environment.merging(["PROBE_PATIENCE": "500"]) { $1 }
            let answer = try await hasty.probe("read", "default", "QBIT_PASSWORD")
            #expect(answer.status == 14)
            #expect(answer.errors == ["timedOut"])
        }
    }

    @Test func aBusThatDoesNotAnswerTimesOut() async throws {
        try await KeyringSession.with(.none) { session async throws in
            let listener = try SilentListener(at: session.folder.appending("silent"))
            defer { listener.close() }
            let environment = [
                "DBUS_SESSION_BUS_ADDRESS": "unix:path=\(session.folder)/silent", "PROBE_PATIENCE": "500",
            ]
            #expect(try await environment.probe("read", "default", "QBIT_PASSWORD").status == 14)
        }
    }
}

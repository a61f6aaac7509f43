import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What cron starts: no terminal, and of the environment HOME alone.
@Suite(.timeLimit(.minutes(2))) struct KeyringFromCronTests {
    private let item = ["service", "qbitvault", "server", "default", "name", "QBIT_PASSWORD"]

    /// The bus lies where a login puts it, and what README.md says about `secret-tool` holds.
    @Test func theUsersBusIsFoundAndSoIsWhatOthersStored() async throws {
        try await KeyringSession.with(.unlocked) { session in
            try await TestHome.with { home in
                let scene = Scene(home)
                let cron = starter(session, home)
                let ours = scene.newSecret()
                let theirs = scene.newSecret()
                let set = ["credential", "set", "QBIT_PASSWORD", "--stdin", "--store", "keyring"]
                let run = try await scene.run(set, input: ours.copy(), by: cron)
                #expect(run.status == 0, "\(run.error)")
                let get = ["credential", "get", "QBIT_PASSWORD"]
                #expect(try await home.run(get, by: cron).text == ours.text)
                #expect(try await secretTool(["lookup"] + item, in: session).text == ours.text)

                #expect(try await secretTool(["clear"] + item, in: session).status == 0)
                #expect(try await home.run(get, by: cron).status == ExitStatus.credentialNotFound.rawValue)
                let store = ["store", "--label=qBittorrent"] + item
                #expect(try await secretTool(store, in: session, input: .secret(theirs)).status == 0)
                #expect(try await home.run(get, by: cron).text == theirs.text)

                try await session.lock()
                #expect(try await home.run(get, by: cron).status == ExitStatus.keyringLocked.rawValue)
                #expect(!session.askedAPerson)
                // Nobody has logged in.
                try #require(unsafe unlink("\(session.folder)/bus") == 0)
                #expect(try await home.run(get, by: cron).status == ExitStatus.noKeyringService.rawValue)
            }
        }
    }

    private func secretTool(
        _ words: [String], in session: KeyringSession, input: ToolInput? = nil
    ) async throws -> ToolRun {
        try await .of(
            .name("secret-tool"), words, input: input, environment: .custom(session.environment.asEnvironment))
    }

    /// Runs a program where the session's bus is the user's.
    private func starter(_ session: KeyringSession, _ home: TestHome) -> [String] {
        let script = """
            mount -t tmpfs none /run
            mkdir -p "/run/user/$(id -u)"
            ln -s "$1" "/run/user/$(id -u)/bus"
            shift
            exec "$@"
            """
        let user = geteuid() == 0 ? [] : ["--user", "--map-current-user", "--keep-caps"]
        return ["unshare", "--mount"] + user + ["sh", "-ec", script, "sh", "\(session.folder)/bus"]
            + ["env", "-i", "HOME=\(home.path)"]
    }
}

import Subprocess
package import SystemPackage

/// A session of its own for one test: a bus, a home, and a keyring, unless none is wanted.
package struct KeyringSession: Sendable {
    package enum Daemon: Sendable {
        case none
        /// A real gnome-keyring-daemon, with a default collection that was opened with a random password.
        case unlocked
        /// The same, never given a password, so that it has no default collection.
        case withoutCollection
        /// A real KeePassXC on a screen of its own, with a database that is open and shared with programs.
        case keePassXC
        /// `KeyringImitation` with this word.
        case imitation(String)

        fileprivate var words: [String] {
            get throws {
                switch self {
                case .none: ["none"]
                case .unlocked: ["unlocked"]
                case .withoutCollection: ["without-collection"]
                case .keePassXC: ["keepassxc"]
                case .imitation(let word):
                    ["imitation", try BuildFolder.path.appending("KeyringImitation").string, word]
                }
            }
        }
    }

    package let folder: FilePath
    package let environment: [String: String]
    /// The daemon's process, or 0.
    package let daemon: Int32

    /// Runs `body` in a session. The bus, and with it the daemon, ends afterwards.
    package static func with<R: Sendable>(
        _ daemon: Daemon, _ body: (KeyringSession) async throws -> R
    ) async throws -> R {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        try prepare(folder)
        let environment = [
            "HOME": folder.string, "XDG_RUNTIME_DIR": folder.string, "PATH": "/usr/local/bin:/usr/bin:/bin",
        ]
        let result = try await run(
            .name("dbus-run-session"),
            arguments: Arguments(
                ["--config-file=\(folder)/bus.conf", "--", "sh", "\(folder)/session"] + (try daemon.words)),
            environment: .custom(environment.asEnvironment),
            input: .inputWriter,
            output: .sequence,
            error: .discarded
        ) { execution in
            let input = execution.standardInputWriter
            _ = try await input.write(Array("\(UInt64.random(in: .min ... .max))\n".utf8))
            do {
                var lines = execution.standardOutput.strings().makeAsyncIterator()
                guard let pid = Int32(try await lines.next()?.filter(\.isNumber) ?? "") else { throw unusable }
                let outcome = try await body(KeyringSession(folder: folder, environment: environment, daemon: pid))
                try await input.finish()
                return outcome
            } catch {
                try? await input.finish()
                throw error
            }
        }
        guard result.terminationStatus == .exited(0) else { throw unusable }
        return result.closureResult
    }

    private static let unusable = ToolFailure(
        program: "dbus-run-session, dbus-send or a keyring", status: 1, said: "")

    /// Everything that asks a person goes through this name on the bus; here it only leaves a trace.
    package var askedAPerson: Bool { (try? folder.appending("asked").stat()) != nil }

    /// What became of the dialog of an imitation, word by word.
    package var said: [Substring] {
        get throws {
            String(decoding: try Files.bytes(folder.appending("said")), as: UTF8.self).split(separator: "\n")
        }
    }

    /// What the desktop does when its owner leaves.
    package func lock() async throws {
        try await succeed(
            "dbus-send",
            [
                "--bus=unix:path=\(folder)/bus", "--print-reply", "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                "array:objpath:/org/freedesktop/secrets/collection/login",
            ])
    }

    /// What KeePassXC's button with the padlock does.
    package func lockKeePassXC() async throws { try await succeed("sh", ["\(folder)/session", "lock-keepassxc"]) }

    /// A shell command that ends the unlocked gnome-keyring-daemon and starts it again.
    package var restart: String { "sh \(folder)/session restart" }

    private func succeed(_ program: String, _ words: [String]) async throws {
        let run = try await ToolRun.of(
            .name(program), words, environment: .custom(environment.asEnvironment))
        guard run.status == 0 else { throw ToolFailure(program: program, status: run.status, said: run.error) }
    }

    private static func prepare(_ folder: FilePath) throws {
        try Files.write(
            """
            <busconfig><type>session</type><listen>unix:path=\(folder)/bus</listen><servicedir>\(folder)</servicedir>
            <policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/></policy>
            <limit name="service_start_timeout">500</limit></busconfig>
            """,
            to: folder.appending("bus.conf")
        )
        try Files.write(
            """
            [D-BUS Service]
            Name=org.gnome.keyring.SystemPrompter
            Exec=/usr/bin/touch \(folder)/asked
            """,
            to: folder.appending("prompter.service")
        )
        try Files.write(script, to: folder.appending("session"))
        try Files.write(keePassXCDatabase, to: folder.appending("kept.xml"))
        try Files.write(keePassXCSettings, to: folder.appending("keepassxc.ini"))
    }
}

import Subprocess
package import SystemPackage

/// A session of its own for one test: a bus, a home, and a real gnome-keyring-daemon, unless none is wanted.
package struct KeyringSession: Sendable {
    package enum Daemon: String, Sendable {
        case none
        /// With a default collection that was opened with a random password.
        case unlocked
        /// Never given a password, so that it has no default collection.
        case withoutCollection = "without-collection"
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
            arguments: ["--config-file=\(folder)/bus.conf", "--", "sh", "-c", script, "sh", daemon.rawValue],
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
        program: "dbus-run-session, gnome-keyring-daemon or dbus-send", status: 1, said: "")

    /// Everything that asks a person goes through this name on the bus; here it only leaves a trace.
    package var askedAPerson: Bool { (try? folder.appending("asked").stat()) != nil }

    /// What the desktop does when its owner leaves.
    package func lock() async throws {
        let result = try await run(
            .name("dbus-send"),
            arguments: [
                "--bus=unix:path=\(folder)/bus", "--print-reply", "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                "array:objpath:/org/freedesktop/secrets/collection/login",
            ],
            environment: .custom(environment.asEnvironment),
            output: .discarded
        )
        guard result.terminationStatus == .exited(0) else { throw Self.unusable }
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
    }

    private static let script = """
        IFS= read -r password
        case $1 in
        unlocked)
            printf %s "$password" | gnome-keyring-daemon --unlock --components=secrets >&2
            gnome-keyring-daemon --start --components=secrets >&2 ;;
        without-collection) gnome-keyring-daemon --daemonize --components=secrets >&2 ;;
        esac
        # The daemon says that it is ready before its name is on the bus.
        pid=0
        tries=0
        while test "$1" != none && test "$pid" = 0 && test $tries -lt 200; do
            answer=$(dbus-send --print-reply=literal --dest=org.freedesktop.DBus / \
                org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>&1) && pid=${answer##* }
            test "$pid" != 0 || sleep 0.05
            tries=$((tries + 1))
        done
        echo "$pid"
        cat
        """
}

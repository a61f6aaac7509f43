import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A source that is there and cannot be used, and how a run must end that meets it.
struct BadSource: Sendable, CustomTestStringConvertible {
    let status: ExitStatus
    let cause: String
    let run: @Sendable (SourceHome) async throws -> ToolRun

    init(_ status: ExitStatus, _ cause: String, _ run: @escaping @Sendable (SourceHome) async throws -> ToolRun) {
        self.status = status
        self.cause = cause
        self.run = run
    }

    var testDescription: String { "\(status.rawValue) \(cause)" }

    static let all = variables + files + commands + descriptors

    private static let variables = [
        BadSource(.secretSourceFailed, "a variable that is set to nothing") { try await $0.use(["QBIT_PASSWORD": ""]) },
        BadSource(.secretSourceFailed, "a variable for a file that names none") {
            try await $0.use(["QBIT_PASSWORD_FILE": ""])
        },
        BadSource(.secretSourceFailed, "a variable beside the one for a file") { home in
            let file = try home.supply("QBIT_PASSWORD", home.password)
            return try await home.use(["QBIT_PASSWORD": home.password, "QBIT_PASSWORD_FILE": file.string])
        },
        BadSource(.secretSourceFailed, "both of them, the first set to nothing") { home in
            let file = try home.supply("QBIT_PASSWORD", home.password)
            return try await home.use(["QBIT_PASSWORD": "", "QBIT_PASSWORD_FILE": file.string])
        },
        BadSource(.secretSourceFailed, "a user name that is set to nothing") { home in
            try await home.scene.run(
                ["exec", "--", "true"], environment: ["QBIT_USERNAME": "", "QBIT_PASSWORD": home.password])
        },
    ]

    /// Each as a file that a variable names, and as a service credential.
    private static let files = [
        (ExitStatus.secretSourceFailed, "an empty file", "touch QBIT_PASSWORD"),
        (.secretSourceFailed, "a file that is a newline", "echo >QBIT_PASSWORD"),
        (.secretSourceFailed, "a file that is a CRLF", #"printf '\r\n' >QBIT_PASSWORD"#),
        (.secretSourceFailed, "a file as Windows writes UTF-16", #"printf '\377\376a\0b\0' >QBIT_PASSWORD"#),
        (.secretSourceFailed, "a file that is far too large", "head -c 10000000 /dev/zero | tr '\\0' x >QBIT_PASSWORD"),
        (.unsafePermissions, "a folder", "mkdir QBIT_PASSWORD"),
        (.unsafePermissions, "a named pipe", "mkfifo QBIT_PASSWORD"),
        (.unsafePermissions, "a device", "ln -s /dev/zero QBIT_PASSWORD"),
        (.unsafePermissions, "a file that others can write to", "echo x >QBIT_PASSWORD; chmod 602 QBIT_PASSWORD"),
        (.secretSourceFailed, "a link that leads nowhere", "ln -s nowhere QBIT_PASSWORD"),
        (.unsafePermissions, "a link that leads to itself", "ln -s QBIT_PASSWORD QBIT_PASSWORD"),
    ].flatMap { status, cause, commands in
        ["a variable's: ", "a service's: "].map { whose in
            BadSource(status, whose + cause) { home in
                _ = try await ToolRun.succeeding(.name("sh"), ["-ec", "cd '\(home.folder)'; \(commands)"])
                let file = home.folder.appending("QBIT_PASSWORD").string
                return try await home.use(whose == "a service's: " ? home.unit : ["QBIT_PASSWORD_FILE": file])
            }
        }
    }

    private static let commands =
        [
            (ExitStatus.secretSourceFailed, "a command that fails", "echo right; exit 3"),
            (.secretSourceFailed, "a command that is killed", "kill -9 $$"),
            (.secretSourceFailed, "a command that prints nothing", "true"),
            (.secretSourceFailed, "a command that prints a newline", "echo"),
            (.secretSourceFailed, "a command that prints 10 MB", "head -c 10000000 /dev/zero | tr '\\0' x"),
            (.secretSourceFailed, "a command that prints without end", "exec yes"),
            (.secretSourceFailed, "a command that prints a zero byte", "printf 'a\\0b'"),
            (.secretSourceTimedOut, "a command that hangs", "exec sleep 300"),
            (.secretSourceTimedOut, "a command that prints and hangs", "echo right; exec sleep 300"),
            (.secretSourceTimedOut, "a command that closes its output and hangs", "echo right; exec sleep 300 >&-"),
            (
                .secretSourceTimedOut, "a command that ends, and what it started holds its output",
                "sleep 300 & echo right"
            ),
        ].map { status, cause, commands in
            BadSource(status, cause) { home in
                try home.configure(command: [home.program(commands).string], ["command_timeout: 0.5"])
                return try await home.use([:])
            }
        } + [
            BadSource(.secretSourceFailed, "a command that is not there") { home in
                try home.configure(command: ["/nonexistent/program"])
                return try await home.use([:])
            },
            BadSource(.secretSourceFailed, "a command that is a folder") { home in
                try home.configure(command: [home.folder.string])
                return try await home.use([:])
            },
            BadSource(.configuration, "a command in one line") { home in
                try home.scene.configure("credentials: {command: pass show x}\n")
                return try await home.use([:])
            },
            BadSource(.configuration, "a command without words") { home in
                try home.scene.configure("credentials: {command: []}\n")
                return try await home.use([:])
            },
            BadSource(.configuration, "names that nothing can be called") { home in
                try home.configure(command: ["true"], ["command_names: [a-b]"])
                return try await home.use([:])
            },
        ]

    private static let descriptors =
        [
            ("9", "", ExitStatus.secretSourceFailed), ("3", "", .secretSourceFailed), ("4", "", .secretSourceFailed),
            ("0", "exec 0<&-", .secretSourceFailed), ("9", "exec 9</tmp", .secretSourceFailed),
            ("9", "exec 9>/dev/null", .secretSourceFailed), ("9", "exec 9</dev/null", .secretSourceFailed),
            ("9", "echo x >file; chmod 622 file; exec 9<file", .unsafePermissions),
            ("1", "", .usage), ("2", "", .usage), ("x", "", .usage),
        ].map { number, commands, status in
            BadSource(status, "descriptor \(number) \(commands)") { home in
                try await home.use(
                    [:], ["--password-fd", number], by: ["sh", "-ec", "\(commands)\n" + #"exec "$@""#, "sh"])
            }
        } + [
            BadSource(.secretSourceFailed, "standard input that is closed") { home in
                try await home.use([:], ["--password-stdin"], by: ["sh", "-ec", #"exec "$@" <&-"#, "sh"])
            }
        ]
}

extension SourceHome {
    /// Signs in as far as the source under test lets it.
    fileprivate func use(
        _ environment: [String: String], _ options: [String] = [], by starter: [String] = []
    ) async throws -> ToolRun {
        try await scene.run(
            ["exec", "--username", "me"] + options + ["--", "true"], environment: environment, by: starter)
    }
}

/// What is there and fails is an error, never a reason to ask somebody weaker.
@Suite(.timeLimit(.minutes(2))) struct BadSourceTests {
    @Test(arguments: BadSource.all)
    func itIsSaidAndNothingIsLost(_ source: BadSource) async throws {
        try await SourceHome.with { home in
            let vault = try Files.bytes(home.scene.vault)
            let run = try await source.run(home)
            try run.expectProblem(source.status)
            try home.scene.expectNoLeak(in: run)
            #expect(try Files.bytes(home.scene.vault) == vault)
        }
    }

    /// Its number is one of our own files' by the time that it is read.
    @Test(arguments: ["--password-fd", "--key-fd", "--passphrase-fd"])
    func aClosedDescriptorIsNoFileOfOurs(option: String) async throws {
        try await SourceHome.with { home in
            for number in 3...8 {
                let words = ["exec", "--username", "me", option, "\(number)", "--", "true"]
                let run = try await home.scene.run(words)
                try run.expectProblem(.secretSourceFailed)
                #expect(run.error.contains("The descriptor is not open."), "\(number): \(run.error)")
            }
        }
    }

    /// Also where no sign-in would carry it.
    @Test func aZeroByteIsRefusedForAnyName() async throws {
        try await SourceHome.with { home in
            try home.supply("TRACKER", "a\0b")
            for environment in [home.unit, ["TRACKER_FILE": home.folder.appending("TRACKER").string]] {
                let run = try await home.scene.home.run(["credential", "get", "TRACKER"], environment: environment)
                #expect(run.status == ExitStatus.secretSourceFailed.rawValue && run.output.isEmpty)
            }
        }
    }

    /// What a shell gives for `<(command)` is to be read by a descriptor; nothing below `/dev` is to be moved away.
    @Test(arguments: ["/dev/fd/9", "/proc/self/fd/9", "/dev/zero"])
    func aPipeIsForADescriptor(path: String) async throws {
        try await SourceHome.with { home in
            let starter = ["sh", "-c", #"echo \#(home.password) | { exec "$@" 9<&0 0</dev/null; }"#, "sh"]
            let words = ["exec", "--username", "me"]
            let run = try await home.scene.run(
                words + ["--", "true"], environment: ["QBIT_PASSWORD_FILE": path], by: starter)
            try run.expectProblem(.unsafePermissions)
            let told: ToldProblem = try run.document()
            #expect(told.next?.contains("--password-fd") == true && told.next?.contains("mv ") == false)
            #expect(
                try await home.signIn(["--username", "me", "--password-fd", "9"], by: starter).text.hasPrefix("me:"))
        }
    }

    /// What root may read always, others may not.
    @Test func aFileThatMayNotBeReadIsSaid() async throws {
        try await SourceHome.with { home in
            try home.supply("QBIT_PASSWORD", home.password)
            let bounded = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
            for (mode, folderMode) in [(0, 0o700), (0o400, 0)] as [(UInt32, UInt32)] {
                try Files.setMode(home.folder.appending("QBIT_PASSWORD"), mode)
                try Files.setMode(home.folder, folderMode)
                let run = try await home.scene.run(
                    ["exec", "--username", "me", "--", "true"], environment: home.unit, by: bounded)
                try Files.setMode(home.folder, 0o700)
                try run.expectProblem(.secretSourceFailed)
                #expect(run.error.contains("Permission denied"))
            }
        }
    }
}

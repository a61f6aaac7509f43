import Glibc
package import SystemPackage

/// A program in the foreground of a pseudo-terminal, under a shell with job control, as people run it.
///
/// The shell stays when the program has ended. Were the program alone in its session, the kernel would reset the
/// terminal at its end, and a program that leaves echo off would go unnoticed.
package final class TerminalJob: Sendable {
    package enum Event: Equatable, Sendable {
        /// By Ctrl-Z. ``resume()`` brings it back.
        case stopped
        /// With this status; 128 and the signal's number if one ended it.
        case ended(Int32)
    }

    private let shell: pid_t
    private let events: FileDescriptor
    private let commands: FileDescriptor

    /// The shell's part: run, say what happened, wait for a word. It keeps its own notes off the screen, and the trap
    /// keeps it from following a program into SIGINT.
    private static let script = """
        exec 5>&2 2>/dev/null
        trap : INT
        set -m
        "$@" 2>&5 3>&- 4<&- 5>&-
        status=$?
        while [ $status = 148 ]; do
            echo stopped >&3
            read -r word <&4 || exit
            fg >/dev/null
            status=$?
        done
        echo $status >&3
        read -r word <&4
        """

    /// Starts `program`, with this environment and no other.
    package init(
        on terminal: PseudoTerminal, _ program: FilePath, _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        let (events, eventsIn) = try FileDescriptor.pipe()
        let (commandsOut, commands) = try FileDescriptor.pipe()
        self.events = events
        self.commands = commands
        defer {
            try? eventsIn.close()
            try? commandsOut.close()
        }
        // What the shell must not inherit; a copy of our ends would keep it from noticing that we are gone.
        for descriptor in [events, commands] { _ = fcntl(descriptor.rawValue, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(events.rawValue, F_SETFL, O_NONBLOCK)
        shell = try Self.start(
            ["/bin/sh", "-c", Self.script, "sh", program.string] + arguments,
            environment: environment.map { "\($0)=\($1)" }, terminal: terminal.path,
            descriptors: [3: eventsIn, 4: commandsOut])
    }

    deinit {
        try? commands.close()
        try? events.close()
        kill(shell, SIGKILL)
        _ = waitpid(shell, nil, 0)
    }

    /// Waits for the program to stop or end.
    package func next(on terminal: PseudoTerminal) async throws -> Event {
        let line = SeenBytes()
        try await terminal.eventually("the program's end") {
            var byte: UInt8 = 0
            while unsafe read(events.rawValue, &byte, 1) == 1 {
                if byte == UInt8(ascii: "\n") { return true }
                line.append([byte])
            }
            return false
        }
        let word = String(decoding: line.bytes, as: UTF8.self)
        return Int32(word).map(Event.ended) ?? .stopped
    }

    /// Brings a stopped program back to the foreground.
    package func resume() throws { try commands.writeAll("fg\n".utf8) }

    /// Starts the leader of a new session, to which the terminal belongs because it is the first one it opens.
    private static func start(
        _ arguments: [String], environment: [String], terminal: FilePath, descriptors: [CInt: FileDescriptor]
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, terminal.string, O_RDWR, 0)
        for number: CInt in [1, 2] { unsafe posix_spawn_file_actions_adddup2(&actions, 0, number) }
        // By way of numbers that are out of the way of 3 and 4.
        let copies = descriptors.mapValues { fcntl($0.rawValue, F_DUPFD_CLOEXEC, 10) }
        defer { for copy in copies.values { close(copy) } }
        for (number, copy) in copies { unsafe posix_spawn_file_actions_adddup2(&actions, copy, number) }

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // What a test runner ignores or blocks, its children would too.
        var (all, none) = (sigset_t(), sigset_t())
        unsafe sigfillset(&all)
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        // POSIX_SPAWN_SETSID, which the headers show only to _GNU_SOURCE.
        let newSession: CInt = 0x80
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(CInt(POSIX_SPAWN_SETSIGDEF) | CInt(POSIX_SPAWN_SETSIGMASK) | newSession))

        let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        let variables = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var child: pid_t = 0
        let failure = unsafe posix_spawn(&child, "/bin/sh", &actions, &attributes, words, variables)
        guard failure == 0 else { throw Errno(rawValue: failure) }
        return child
    }
}

import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What signals do to a hidden question, each in a process of its own whose controlling terminal is the test's.
@Suite struct PromptSignalTests {
    @Test func controlCEndsTheProcessByItsSignal() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            let terminal = try PseudoTerminal.controlling()
            async let answer: Void = ask()
            try await terminal.expect("Password: ")
            try terminal.type("never mind\u{3}")
            await answer
        }
    }

    @Test func terminationEndsTheProcessByItsSignal() async {
        await #expect(processExitsWith: .signal(SIGTERM)) {
            let terminal = try PseudoTerminal.controlling()
            async let answer: Void = ask()
            try await terminal.expect("Password: ")
            kill(getpid(), SIGTERM)
            await answer
        }
    }

    /// The effect that the signal had before comes only when the terminal is as before: here, a handler that looks.
    @Test func theTerminalIsRestoredFirst() async {
        await #expect(processExitsWith: .exitCode(42)) {
            let terminal = try PseudoTerminal.controlling()
            for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { _ = signal(number, exitSayingWhetherItEchoes) }
            async let answer: Void = ask()
            try await terminal.expect("Password: ")
            try terminal.type("secret\u{3}")
            await answer
        }
    }

    /// Stopped and continued: the question is put again, and the answer is still hidden.
    @Test func afterAStopItAsksAgain() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let terminal = try PseudoTerminal.controlling()
            async let answer = onThread {
                Result { () throws(PromptError) in try Prompt(isAllowed: true).askSecret("Password").count }
            }
            try await terminal.expect("Password: ")
            // A process without a parent in its session is not stopped; the handler runs all the same.
            try terminal.type("half\u{1a}")
            try await terminal.expect("Password: ", times: 2)
            guard try !terminal.mode.echoes else { exit(2) }
            try terminal.type("whole\r")
            guard try await answer.get() == 5, try terminal.mode.echoes else { exit(3) }
            exit(0)
        }
    }

    /// A handler that lets the program go on makes the question an error.
    @Test func aHandledSignalIsSaid() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let terminal = try PseudoTerminal.controlling()
            _ = signal(SIGINT) { _ in }
            async let answer = onThread {
                Result { () throws(PromptError) in try Prompt(isAllowed: true).askSecret("Password").count }
            }
            try await terminal.expect("Password: ")
            try terminal.type("\u{3}")
            guard case .failure(PromptError(.interrupted(signal: SIGINT))) = await answer else { exit(2) }
            guard try terminal.mode.echoes else { exit(3) }
            exit(0)
        }
    }
}

private func ask() async { await onThread { _ = try? Prompt(isAllowed: true).askSecret("Password").count } }

private func exitSayingWhetherItEchoes(_: CInt) {
    let terminal = unsafe open("/dev/tty", O_RDWR)
    let echoes = try? TerminalMode(of: FileDescriptor(rawValue: terminal)).echoes
    _exit(echoes == true ? 42 : 43)
}

extension PseudoTerminal {
    /// A terminal that this process, which starts a session of its own, belongs to.
    fileprivate static func controlling() throws -> PseudoTerminal {
        let terminal = try PseudoTerminal()
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] { _ = signal(number, SIG_DFL) }
        guard setsid() > 0, ioctl(terminal.device.rawValue, UInt(TIOCSCTTY), 0) == 0 else {
            throw Errno(rawValue: errno)
        }
        return terminal
    }
}

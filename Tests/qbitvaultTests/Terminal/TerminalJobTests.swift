import SystemPackage
import TestSupport
import Testing

/// The helper that runs programs on a terminal sees what they do to it.
@Suite struct TerminalJobTests {
    @Test func noticesATerminalLeftWithoutEcho() async throws {
        let terminal = try PseudoTerminal()
        let job = try TerminalJob(on: terminal, "/bin/sh", ["-c", "stty -echo; printf 'word: '; read word"])
        try await terminal.expect("word: ")
        #expect(try !terminal.mode.echoes)
        try terminal.type("\u{3}")
        #expect(try await job.next(on: terminal) == .ended(130))
        #expect(try !terminal.mode.echoes)
    }

    @Test func stopsAndResumes() async throws {
        let terminal = try PseudoTerminal()
        let job = try TerminalJob(
            on: terminal, "/bin/sh", ["-c", "printf 'word: '; read word; echo \"$word $GREETING\"; exit 7"],
            environment: ["GREETING": "hello"])
        try await terminal.expect("word: ")
        try terminal.type("\u{1a}")
        #expect(try await job.next(on: terminal) == .stopped)
        try job.resume()
        try terminal.type("x\r")
        try await terminal.expect("x hello")
        #expect(try await job.next(on: terminal) == .ended(7))
    }
}

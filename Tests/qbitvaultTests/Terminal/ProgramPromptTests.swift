import TestSupport
import Testing

/// The built program asks for a secret on a terminal under job control, as at a person's desk.
@Suite struct ProgramPromptTests {
    /// Ctrl-C and Ctrl-\ end it by their signals.
    @Test(arguments: [("\u{3}", 130), ("\u{1c}", 131)])
    func aKeyThatEndsIt(_ key: String, _ status: Int32) async throws {
        try await TestHome.with { home in
            let terminal = try PseudoTerminal()
            let before = try terminal.mode
            let job = try start(on: terminal, in: home)
            try await terminal.expect("MARK: ")
            #expect(try !terminal.mode.echoes)
            try terminal.type("half a secret" + key)
            #expect(try await job.next(on: terminal) == .ended(status))
            #expect(try terminal.mode == before)
            // Nothing typed, and no runtime's report of a crash. "Quit" is the shell's word.
            let screen = try String(decoding: terminal.screen, as: UTF8.self)
            #expect(["MARK: ", "MARK: Quit"].contains(screen.filter { !$0.isNewline }))
        }
    }

    /// Ctrl-Z gives the terminal back; in the foreground again it asks again, hidden.
    @Test func stoppedAndResumed() async throws {
        try await TestHome.with { home in
            let terminal = try PseudoTerminal()
            let before = try terminal.mode
            let job = try start(on: terminal, in: home)
            for round in 1...3 {
                try await terminal.expect("MARK: ", times: round)
                #expect(try !terminal.mode.echoes)
                try terminal.type("half a secret\u{1a}")
                #expect(try await job.next(on: terminal) == .stopped)
                #expect(try terminal.mode == before)
                try job.resume()
            }
            try await terminal.expect("MARK: ", times: 4)
            try terminal.type("\u{3}")
            #expect(try await job.next(on: terminal) == .ended(130))
            #expect(try terminal.mode == before)
        }
    }

    private func start(on terminal: PseudoTerminal, in home: TestHome) throws -> TerminalJob {
        try TerminalJob(
            on: terminal, TestHome.tool, ["credential", "set", "MARK", "--store", "vault"],
            environment: home.environment)
    }
}

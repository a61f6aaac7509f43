import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The program in the foreground of a terminal, and a person who answers it.
struct Dialogue {
    private let terminal: PseudoTerminal
    private let job: TerminalJob
    private let before: TerminalMode

    /// - Parameter starter: programs that start it, with what comes before its own name: `["faketime", "-f", "+70s"]`.
    init(
        _ scene: Scene, _ words: [String], environment: [String: String] = [:], by starter: [String] = []
    ) throws {
        terminal = try PseudoTerminal()
        before = try terminal.mode
        try #require(before.echoes)
        job = try TerminalJob(
            on: terminal, "/usr/bin/env", ["-C", scene.home.path.string] + starter + [TestHome.tool.string] + words,
            environment: scene.home.environment.merging(environment) { $1 })
    }

    /// Everything that has been on the screen.
    var screen: String { get throws { String(decoding: try terminal.screen, as: UTF8.self) } }

    func expect(_ text: String, times: Int = 1) async throws { try await terminal.expect(text, times: times) }

    func eventually(_ what: String, _ condition: () throws -> Bool) async throws {
        try await terminal.eventually(what, condition)
    }

    /// Waits for a question, and types an answer that shows.
    func answer(_ question: String, _ text: String) async throws {
        try await terminal.expect(question)
        try terminal.type(text + "\r")
    }

    /// Waits for a question that hides its answer, and types that.
    ///
    /// - Parameter times: how often the question has been put by then.
    func answer(_ question: String, hidden secret: borrowing Secret, times: Int = 1) async throws {
        try await terminal.expect(question, times: times)
        let echoes = try terminal.mode.echoes
        #expect(!echoes, "what is typed would show")
        try terminal.type((secret.text ?? "") + "\r")
    }

    func press(_ key: String, at question: String, times: Int = 1) async throws {
        try await terminal.expect(question, times: times)
        try terminal.type(key)
    }

    /// Waits for the end, asserts that the terminal is as it was and shows no secret, and returns the status.
    func end(_ scene: Scene) async throws -> Int32 {
        let event = try await job.next(on: terminal)
        #expect(try terminal.mode == before)
        guard case .ended(let status) = event else { throw Stopped() }
        try scene.expectNoLeak(in: terminal.screen)
        return status
    }

    struct Stopped: Error {}

    /// Gives the window another width.
    func resize(columns: Int) async throws {
        _ = try await ToolRun.succeeding(
            .name("stty"), ["--file", terminal.path.string, "columns", "\(columns)"])
    }
}

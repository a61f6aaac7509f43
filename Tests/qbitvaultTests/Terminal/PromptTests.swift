import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Questions on a real pseudo-terminal. One at a time: a process has one set of signal handlers.
@Suite(.serialized) struct PromptTests {
    /// Letters, signs that shells and forms care about, and characters of up to four bytes.
    private static let alphabet = Array("abcXYZ019 &%+='\"\\$#;é߀🔑🧲")

    private static func password(_ length: Int, of letters: [Character] = alphabet) -> String {
        var random = SystemRandomNumberGenerator()
        return String((0..<length).map { _ in letters.randomElement(using: &random) ?? "x" })
    }

    @Test(arguments: [password(1), password(24), password(1000), password(1000, of: ["🔑", "🧲"])])
    func aSecretDoesNotShow(_ password: String) async throws {
        let terminal = try PseudoTerminal()
        let before = try terminal.mode
        async let answer = onThread { [prompt = prompt(on: terminal)] in
            Result { () throws(PromptError) in try prompt.askSecret("Password").holds(password) }
        }
        try await terminal.expect("Password: ")
        #expect(before.echoes)
        #expect(try !terminal.mode.echoes)
        try terminal.type(password + "\r")
        #expect(try await answer.get())
        #expect(try terminal.mode == before)
        // The question and the Enter key, and nothing else.
        #expect(try terminal.screen == Array("Password: \r\n".utf8))
    }

    @Test func nothingTypedBeforeTheQuestionIsTaken() async throws {
        let terminal = try PseudoTerminal()
        let password = Self.password(24)
        try terminal.type("too early\r")
        async let answer = onThread { [prompt = prompt(on: terminal)] in
            Result { () throws(PromptError) in try prompt.askSecret("Password").holds(password) }
        }
        try await terminal.expect("Password: ")
        try terminal.type(password + "\r")
        #expect(try await answer.get())
    }

    @Test func theBackspaceKeyWorks() async throws {
        let (terminal, prompt) = try pair()
        let password = Self.password(24)
        async let answer = onThread { Result { () throws(PromptError) in try prompt.askSecret("P").holds(password) } }
        try await terminal.expect("P: ")
        try terminal.type("wrong\u{15}\(password)xy\u{7f}\u{7f}\r")
        #expect(try await answer.get())
    }

    @Test(
        arguments: [
            ("\u{4}", .endOfInput), (String(repeating: "x", count: 4095) + "\r", .tooLong(limit: 4094)),
            (String(repeating: "x", count: 6000) + "\r", .tooLong(limit: 4094)),
        ] as [(String, PromptError.Code)])
    func noSecret(_ typed: String, _ code: PromptError.Code) async throws {
        let (terminal, prompt) = try pair()
        let before = try terminal.mode
        async let answer = onThread { Result { () throws(PromptError) in try prompt.askSecret("P").count } }
        try await terminal.expect("P: ")
        try terminal.type(typed)
        let outcome = await answer
        #expect(throws: PromptError(code)) { try outcome.get() }
        #expect(try terminal.mode == before)
    }

    @Test func theLongestLineStillCounts() async throws {
        let (terminal, prompt) = try pair()
        let password = String(repeating: "x", count: 4094)
        async let answer = onThread { Result { () throws(PromptError) in try prompt.askSecret("P").holds(password) } }
        try await terminal.expect("P: ")
        try terminal.type(password + "\r")
        #expect(try await answer.get())
    }

    @Test func aNewSecretIsAskedForUntilBothAgree() async throws {
        let (terminal, prompt) = try pair()
        let password = Self.password(24)
        async let answer = onThread {
            Result { () throws(PromptError) in try prompt.askNewSecret("New", again: "Again").holds(password) }
        }
        try await terminal.expect("New: ")
        try terminal.type("\r")
        try await terminal.expect("New: ", times: 2)
        try terminal.type(password + "\r")
        try await terminal.expect("Again: ")
        try terminal.type(password + "x\r")
        try await terminal.expect("New: ", times: 3)
        try terminal.type(password + "\r")
        try await terminal.expect("Again: ", times: 2)
        try terminal.type(password + "\r")
        #expect(try await answer.get())
        #expect(try !String(decoding: terminal.screen, as: UTF8.self).contains(password))
    }

    @Test func aNewSecretThatNeverAgreesIsNone() async throws {
        let (terminal, prompt) = try pair()
        async let answer = onThread {
            Result { () throws(PromptError) in try prompt.askNewSecret("New", again: "Again").count }
        }
        for round in 1...3 {
            try await terminal.expect("New: ", times: round)
            try terminal.type("one\r")
            try await terminal.expect("Again: ", times: round)
            try terminal.type("two\r")
        }
        let outcome = await answer
        #expect(throws: PromptError(.noAgreement)) { try outcome.get() }
    }

    private func pair() throws -> (PseudoTerminal, Prompt) {
        let terminal = try PseudoTerminal()
        return (terminal, prompt(on: terminal))
    }

    private func prompt(on terminal: PseudoTerminal) -> Prompt {
        Prompt(isAllowed: true, at: .terminal(Terminal(input: terminal.device, output: terminal.device)))
    }
}

extension Secret {
    /// Whether it is `text`, which a test made up.
    fileprivate borrowing func holds(_ text: String) -> Bool { self == Secret(copying: text.utf8) }
}

import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

@Suite struct QuestionTests {
    @Test(
        arguments: [
            ("nas\r", nil, "nas"), ("\r", "localhost", "localhost"), ("\r", nil, ""), ("name é\r", "x", "name é"),
        ] as [(String, String?, String)])
    func aLine(_ typed: String, _ usual: String?, _ expected: String) async throws {
        let terminal = try PseudoTerminal()
        async let answer = onThread { [prompt = prompt(on: terminal)] in
            Result { () throws(PromptError) in try prompt.ask("Host", usual: usual) }
        }
        try await terminal.expect(usual.map { "Host [\($0)]: " } ?? "Host: ")
        try terminal.type(typed)
        #expect(try await answer.get() == expected)
    }

    @Test(arguments: [
        ("y\r", false, true), ("YES\r", false, true), ("n\r", true, false), ("No\r", true, false),
        ("\r", true, true), ("\r", false, false), ("what\rhm\ry\r", false, true),
    ])
    func yesOrNo(_ typed: String, _ usual: Bool, _ expected: Bool) async throws {
        let terminal = try PseudoTerminal()
        async let answer = onThread { [prompt = prompt(on: terminal)] in
            Result { () throws(PromptError) in try prompt.confirm("Really?", usual: usual) }
        }
        try await terminal.expect(usual ? "Really? [Y/n] " : "Really? [y/N] ")
        try terminal.type(typed)
        #expect(try await answer.get() == expected)
    }

    @Test(
        arguments: [
            (Array("a\rb\rc\r".utf8), .unclear), ([0xC3, 0x28, 0x0D], .notText), ([0x04], .endOfInput),
        ] as [([UInt8], PromptError.Code)])
    func noAnswer(_ typed: [UInt8], _ code: PromptError.Code) async throws {
        let terminal = try PseudoTerminal()
        async let answer = onThread { [prompt = prompt(on: terminal)] in
            Result { () throws(PromptError) in try prompt.confirm("Really?", usual: true) }
        }
        try await terminal.expect("Really? ")
        try terminal.type(bytes: typed)
        let outcome = await answer
        #expect(throws: PromptError(code)) { try outcome.get() }
    }

    @Test func nobodyIsAskedWhereThatIsNotAllowed() throws {
        let screen = try PseudoTerminal()
        let nobody = try FileDescriptor.open(FilePath("/dev/null"), .readOnly)
        defer { try? nobody.close() }
        let prompt = Prompt(isAllowed: false, at: .terminal(Terminal(input: nobody, output: screen.device)))
        #expect(throws: PromptError(.notAllowed)) { try prompt.ask("Host") }
        #expect(throws: PromptError(.notAllowed)) { try prompt.confirm("Really?", usual: true) }
        #expect(throws: PromptError(.notAllowed)) { _ = try prompt.askSecret("Password") }
        #expect(throws: PromptError(.notAllowed)) { _ = try prompt.askNewSecret("New", again: "Again") }
        #expect(try screen.screen.isEmpty)
    }

    @Test func aFileIsNoTerminal() throws {
        let terminal = try PseudoTerminal()
        let file = try FileDescriptor.open(FilePath("/dev/null"), .readOnly)
        defer { try? file.close() }
        #expect(Terminal.isTerminal(terminal.device))
        #expect(!Terminal.isTerminal(file))
        let prompt = Prompt(isAllowed: true, at: .terminal(Terminal(input: file, output: terminal.device)))
        #expect(throws: PromptError(.noTerminal)) { _ = try prompt.askSecret("Password") }
    }

    private func prompt(on terminal: PseudoTerminal) -> Prompt {
        Prompt(isAllowed: true, at: .terminal(Terminal(input: terminal.device, output: terminal.device)))
    }
}

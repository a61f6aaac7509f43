import Secrets
import TestSupport
import Testing

@testable import qbitvault

/// Passwords that shells, forms and files stumble over.
@Suite(.timeLimit(.minutes(3))) struct PasswordTests {
    /// Stored, signed in with and given back, byte for byte, on every version.
    @Test(arguments: RealServer.Version.allCases)
    func anyPasswordWorks(_ version: RealServer.Version) async throws {
        try await RealServer.with(version) { server in
            try await TestHome.with { home in
                let session = try await ForeignSession(server)
                for form in [
                    "  x  ", "x&y=z;", "x%41%", "x+y", #"x"'\`$"#, "x=#:,", "🔑é x", "x\n", "a\nx", "\tx\rx",
                    String(repeating: "x", count: 70),
                ] {
                    let scene = Scene(home)
                    let password = scene.newPassword(form)
                    try await session.setPassword(password)
                    // One newline at the end goes: what is sent has one more than the password.
                    let input = Secret.joining(password, Secret(copying: [10]))
                    let run = try await scene.run(scene.setupWords(server), input: input)
                    #expect(run.status == 0, "\(form): \(run.error)")
                    let checked: ToldCheck = try await scene.succeeding(["check"])
                    #expect(checked.proof == "password")
                    let read = try await home.run(["credential", "get", "QBIT_PASSWORD"])
                    let same = Secret(copying: read.output) == password
                    #expect(same, "\(form)")
                    try scene.expectNoLeak(in: run)
                }
            }
        }
    }

    @Test(arguments: ["", "\n", "before\0after"])
    func anImpossibleOneLeavesTheEarlier(_ value: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let before = try Files.snapshot(home.path)
            for words in [
                ["credential", "set", "QBIT_PASSWORD", "--stdin"],
                ["setup", "--username", "admin", "--password-stdin"],
                ["check", "--username", "admin", "--password-stdin"],
            ] {
                let run = try await scene.run(words, input: Secret(copying: value.utf8))
                try run.expectProblem(.secretSourceFailed)
                #expect(run.error.contains(value.contains("\0") ? "zero byte" : "empty"))
                #expect(try Files.snapshot(home.path) == before)
            }
        }
    }
}

extension Scene {
    /// A new secret in a given form: each `x` in it stands for letters that nobody knew before.
    fileprivate func newPassword(_ form: String) -> Secret {
        let text = form.reduce(into: "") { $0 += $1 == "x" ? (Secret.madeUp(length: 14).text ?? "") : String($1) }
        let secret = Secret(copying: text.utf8)
        hold(secret)
        return secret
    }
}

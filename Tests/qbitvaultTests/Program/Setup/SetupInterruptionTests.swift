import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` that is left in the middle, and what it holds open meanwhile.
@Suite(.timeLimit(.minutes(3))) struct SetupInterruptionTests {
    private static let questions = ["Server [", "unattended?", "Move that", "User name", "Password: ", "Paste one"]

    /// Ctrl-C at each of its questions.
    @Test(arguments: questions)
    func whoeverLeavesAtAQuestionLeavesNothing(_ last: String) async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try Files.makeFolder(scene.userConfiguration.removingLastComponent())
            try scene.write(Array("TRACKER=\(scene.newSecret().text ?? "")\n".utf8), to: scene.dotEnv)
            let dialogue = try Dialogue(scene, ["setup"])
            for question in Self.questions {
                if question == last {
                    try await dialogue.press("\u{3}", at: question)
                    break
                }
                switch question {
                case "Server [": try await dialogue.answer(question, server.url)
                case "Password: ": try await dialogue.answer(question, hidden: server.password())
                default: try await dialogue.answer(question, "")
                }
            }
            #expect(try await dialogue.end(scene) == ExitStatus.interrupted.rawValue)
            #expect(try home.kept() == ["config/qbitvault/.env"])
        }
    }

    /// However many logins, it holds no more files open.
    @Test func loginsLeaveNoDescriptorsOpen() async throws {
        try await RealServer.with(.v5_1) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let dialogue = try Dialogue(
                    scene, ["setup", "--url", server.url, "--username", "admin", "--store", "vault"])
                var counts: [Int] = []
                for round in 1...3 {
                    try await dialogue.expect("Password: ", times: round)
                    counts.append(try openFiles(of: server.url))
                    try await dialogue.answer("Password: ", hidden: scene.newSecret(), times: round)
                }
                #expect(try await dialogue.end(scene) == ExitStatus.credentialsRefused.rawValue)
                #expect(counts[0] > 3 && Set(counts).count == 1, "\(counts)")
            }
        }
    }

    /// How many descriptors the one program has that was started with this word.
    private func openFiles(of word: String) throws -> Int {
        for name in try Files.names(in: "/proc") where name.allSatisfy(\.isNumber) {
            let process = FilePath("/proc").appending(name)
            guard let line = try? Files.bytesToTheEnd(of: process.appending("cmdline")) else { continue }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            if words.first?.hasSuffix("/qbitvault") == true, words.contains(word) {
                return try Files.names(in: process.appending("fd")).count
            }
        }
        return 0
    }
}

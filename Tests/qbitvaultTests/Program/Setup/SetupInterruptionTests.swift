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

    /// A server that takes the password and says no more.
    @Test func whoeverLeavesDuringTheLoginLeavesNothing() async throws {
        try await RealServer.with(.v5_1, settings: Relay.settings) { server in
            try await StandIn.with(.holdBack("auth/login", to: server.port)) { mute in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let dialogue = try Dialogue(
                        scene, ["setup", "--url", mute.url, "--username", "admin", "--store", "vault"])
                    try await dialogue.answer("Password: ", hidden: scene.newSecret())
                    try await dialogue.eventually("the login") {
                        String(decoding: mute.heard, as: UTF8.self).contains("auth/login")
                    }
                    try await dialogue.press("\u{3}", at: "Password: ")
                    #expect(try await dialogue.end(scene) == ExitStatus.interrupted.rawValue)
                    #expect(try home.kept() == [])
                }
            }
        }
    }

    /// What has begun to be kept is kept whole, and that is said.
    @Test func aCtrlCWhileItKeepsComesTooLate() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            let dialogue = try await StoppedWriter.with(scene) { _ in
                let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--username", "admin"])
                try await dialogue.answer("Password: ", hidden: server.password())
                try await dialogue.eventually("its turn at the vault") {
                    try open(by: server.url).contains { $0.hasSuffix("vault.qbv.lock") }
                }
                try await dialogue.press("\u{3}", at: "Password: ")
                // Heard by the handler before the lock is let go.
                try await dialogue.expect("^C")
                return dialogue
            }
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen.contains("so it was ended first"))
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "password")
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
                    counts.append(try open(by: server.url).count)
                    try await dialogue.answer("Password: ", hidden: scene.newSecret(), times: round)
                }
                #expect(try await dialogue.end(scene) == ExitStatus.credentialsRefused.rawValue)
                #expect(counts[0] > 3 && Set(counts).count == 1, "\(counts)")
            }
        }
    }

    /// What the one program holds open that was started with this word.
    private func open(by word: String) throws -> [String] {
        for name in try Files.names(in: "/proc") where name.allSatisfy(\.isNumber) {
            let process = FilePath("/proc").appending(name)
            guard let line = try? Files.bytesToTheEnd(of: process.appending("cmdline")) else { continue }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            guard words.first?.hasSuffix("/qbitvault") == true, words.contains(word) else { continue }
            let descriptors = process.appending("fd")
            return try Files.names(in: descriptors).map { (try? Files.target(of: descriptors.appending($0))) ?? "" }
        }
        return []
    }
}

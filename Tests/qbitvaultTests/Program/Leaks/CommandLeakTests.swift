import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Where a password goes, and where it is, while the program works with it.
@Suite(.timeLimit(.minutes(3))) struct CommandLeakTests {
    /// Of all that is written, sent, named or started, one thing holds the password: the one that is meant to.
    @Test func itIsHandedOnOnceAndWhereItIsMeantTo() async throws {
        try await LeakCommand.each { command, scene, server, words in
            let (run, writes) = try await scene.trace(
                words, for: server.password(), input: command.input(server))
            try #require(run.status == 0, "\(command): \(run.error)")
            let calls = writes.handing(on: server.password())
            #expect(calls.count == (command.way == .none ? 0 : 1), "\(command): \(calls)")
            guard let call = calls.first else { return }
            switch command.way {
            case .none: break
            case .output:
                #expect(call.name == "write" && call.target.hasPrefix("<pipe:["), "\(command): \(call)")
                let same = Secret(copying: run.output) == server.password()
                #expect(same)
            case .login:
                #expect(call.target.hasPrefix("<TCP:[") && call.target.hasSuffix(":\(server.port)]>"), "\(call)")
                #expect(call.arguments.count == 1)
            case .environment:
                // Path, arguments, variables.
                let forms = SecretForms(of: server.password())
                let occurs = call.arguments.map { forms.occur(in: $0) }
                #expect(call.name == "execve" && occurs == [false, false, true])
            }
            if command.way != .output { try scene.expectNoLeak(in: run) }
            try scene.expectNoLeak(in: Array(run.error.utf8))
        }
    }

    /// The numbers are those that SECURITY.md tells.
    @Test func noMoreCopiesAreInMemoryThanWereTold() async throws {
        let told = try ToldCopies.all()
        try await LeakCommand.each { command, scene, server, words in
            let (run, memory) = try await scene.probe(words, for: server.password(), input: command.input(server))
            try #require(run.status == 0, "\(command): \(run.error)")
            #expect(!memory.isBlind)
            #expect(memory.argumentsOf == [])
            let most = try #require(told[command.description], "SECURITY.md does not tell of \(command)")
            let handing = max(memory.most(atLogin: true), memory.mostAtExec)
            #expect(handing <= most.handing, "\(command): \(memory.moments)")
            #expect(memory.most(atLogin: false) <= most.between, "\(command): \(memory.moments)")
            // What was measured is what is told: a number that is too high hides what comes later.
            #expect(handing == most.handing && memory.most(atLogin: false) == most.between, "\(command)")
            for moment in memory.moments where moment.kind == .send && !moment.isOfLogin {
                #expect(moment.copies.allSatisfy { $0.isGuarded }, "\(command): \(moment)")
            }
            // What `exec` becomes has it in its environment, as it was asked to.
            let expected = command.way == .environment ? ["[stack]"] : []
            #expect(memory.left.map(\.mapping) == expected, "\(command): \(memory.moments)")
            try scene.expectNoLeak(in: Array(run.error.utf8))
        }
    }
}

import TestSupport
import Testing

@testable import qbitvault

/// Every status that the program can end with, each from a real cause.
@Suite(.timeLimit(.minutes(5))) struct ExitStatusTests {
    @Test(arguments: ExitCase.all)
    func aCauseHasItsStatus(_ exit: ExitCase) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let run = try await exit.run(scene)
            switch exit.status {
            case .done:
                #expect(run.status == 0)
                #expect(run.error.isEmpty)
                let told: [String: AnyValue] = try run.document()
                #expect(told["error"] == nil)
            // After a row for each server.
            case .someFailed:
                let told = try #require(try run.documents(last: 1, ToldProblem.self).first)
                #expect(run.status == exit.status.rawValue && told.status == exit.status.rawValue)
                #expect(told.place != nil && told.next != nil && run.error.hasSuffix(told.message))
            // Nobody reads what it could still say.
            case .brokenPipe: #expect(run.status == exit.status.rawValue)
            default: try run.expectProblem(exit.status)
            }
            try scene.expectNoLeak(in: run)
        }
    }

    /// A new status needs a cause here, or a reason why it has none.
    @Test func everyStatusHasACause() {
        let covered = Set(ExitCase.all.map(\.status))
        let all = Set(ExitStatus.allCases)
        #expect(all.subtracting(covered) == Set(ExitCase.uncovered.keys))
    }

    /// Without `--json` a failure leaves standard output empty.
    @Test func aFailureWritesNoResult() async throws {
        try await TestHome.with { home in
            let run = try await home.run(["credential", "list"])
            #expect(run.status == ExitStatus.credentialNotFound.rawValue)
            #expect(run.output.isEmpty)
            #expect(!run.error.isEmpty)
        }
    }
}

/// Any value of a JSON document.
private struct AnyValue: Decodable, Equatable {
    init(from decoder: any Decoder) throws {}
}

import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A key that comes by a descriptor is for this run, and for no program that it starts.
@Suite(.timeLimit(.minutes(2))) struct KeyDescriptorTests {
    @Test(arguments: ["7", "0"])
    func aProgramThatIsStartedDoesNotFindIt(number: String) async throws {
        try await KeyHome.with { keys in
            let environment = ["QBIT_USERNAME": "left over", "QBIT_PASSWORD": keys.scene.newSecret().text ?? ""]
            // Where it was used, and where it was not.
            for variables in [[:], environment] {
                let given = GivenKey(
                    words: ["--key-fd", number, "--username", "admin"], environment: variables,
                    shell: ["exec \(number)<'\(keys.key)'"])
                let run = try await keys.scene.home.run(
                    ["exec"] + given.words + ["--", "sh", "-c", "ls -l /proc/$$/fd; wc -c"],
                    environment: given.environment, by: given.starter)
                #expect(run.status == 0, "\(run.error)")
                #expect(!run.text.contains("right.key"), "\(run.text)")
                #expect(run.text.hasSuffix("\n0\n"))
            }
        }
    }
}

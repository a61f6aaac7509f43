import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `credential import` with somebody at the terminal.
@Suite(.timeLimit(.minutes(2))) struct ImportDialogueTests {
    private let words = ["credential", "import", "old.env"]

    @Test func namesAreShownFirstAndDeletingIsAskedFor() async throws {
        try await withVault { scene in
            let values = try scene.writeEnv(["QBIT_USERNAME", "TRACKER"])
            let no = try Dialogue(scene, words)
            try await no.answer("Import QBIT_USERNAME, TRACKER from", "n")
            #expect(try await no.end(scene) == ExitStatus.usage.rawValue)
            #expect(try await scene.keeps("TRACKER", nil))

            let keep = try Dialogue(scene, words)
            try await keep.answer("http://localhost:8080? [Y/n]", "")
            try await keep.answer("Delete the file? [y/N]", "")
            #expect(try await keep.end(scene) == 0)
            #expect(try keep.screen.contains("backups"))
            #expect(try Files.names(in: scene.home.path).contains("old.env"))
            for (name, value) in values { #expect(try await scene.keeps(name, value)) }

            let delete = try Dialogue(scene, words)
            try await delete.answer("Delete the file? [y/N]", "y")
            #expect(try await delete.end(scene) == 0)
            #expect(try delete.screen.contains("not erased"))
            #expect(try !Files.names(in: scene.home.path).contains("old.env"))
        }
    }

    @Test func replacingIsAskedForAndWhatIsLostIsNamed() async throws {
        try await withVault { scene in
            try scene.writeEnv(["TRACKER"])
            try await scene.succeed(words)
            let values = try scene.writeEnv(["TRACKER"], more: "bad-name=12\n")
            let no = try Dialogue(scene, words)
            try await no.answer("Replace? [y/N]", "")
            #expect(try await no.end(scene) == ExitStatus.resultCannotBeWritten.rawValue)
            #expect(try await !scene.keeps("TRACKER", values["TRACKER"]))

            let yes = try Dialogue(scene, words)
            try await yes.answer("Replace? [y/N]", "y")
            try await yes.answer("http://localhost:8080? [Y/n]", "y")
            try await yes.answer("What was not taken goes with it: bad-name. Delete the file?", "n")
            #expect(try await yes.end(scene) == 0)
            #expect(try await scene.keeps("TRACKER", values["TRACKER"]))
        }
    }

    /// Somebody adds a line while the question stands there.
    @Test func aFileThatHasChangedMeanwhileIsNotDeleted() async throws {
        try await withVault { scene in
            try scene.writeEnv(["TRACKER"])
            let dialogue = try Dialogue(scene, words)
            try await dialogue.answer("http://localhost:8080? [Y/n]", "")
            try await dialogue.expect("Delete the file? [y/N]")
            try scene.writeEnv(["TRACKER", "NEW"])
            try await dialogue.answer("Delete the file? [y/N]", "y")
            #expect(try await dialogue.end(scene) == ExitStatus.resultCannotBeWritten.rawValue)
            #expect(try Files.names(in: scene.home.path).contains("old.env"))
        }
    }

    @Test func theEarlierToolsFileGivesItsNamesAndOneTypesTheValues() async throws {
        try await withVault { scene in
            try scene.write(EarlierFile.object(["QBIT_USERNAME", "TRACKER"]), to: scene.envFile)
            let dialogue = try Dialogue(scene, words)
            let value = scene.newSecret()
            try await dialogue.expect("derived from the name of the host")
            try await dialogue.answer("QBIT_USERNAME: ", "somebody")
            try await dialogue.answer("\nTRACKER: ", hidden: value)
            try await dialogue.answer("TRACKER once more: ", hidden: value)
            try await dialogue.answer("http://localhost:8080? [Y/n]", "")
            try await dialogue.answer("Delete the file? [y/N]", "y")
            #expect(try await dialogue.end(scene) == 0)
            #expect(try await scene.keeps("TRACKER", SecretBox(value)))
            #expect(try !Files.names(in: scene.home.path).contains("old.env"))
        }
    }

    private func withVault(_ body: (Scene) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            try await body(scene)
        }
    }
}

import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `credential import` of a `.env`, as a script runs it.
@Suite(.timeLimit(.minutes(3))) struct ImportTests {
    @Test func allThatHasAValueIsKeptInOneWrite() async throws {
        try await withVault { scene in
            let more = "# a comment\nEMPTY=\nALONE\nQBITVAULT_URL=http://127.0.0.1:1\nbad-name=1\n"
            let values = try scene.writeEnv(["QBIT_USERNAME", "QBIT_PASSWORD", "QBIT_API_KEY", "TRACKER"], more: more)
            let before = try Files.bytes(scene.envFile)
            let told: ToldImport = try await scene.succeeding(command)
            #expect(
                told
                    == ToldImport(
                        imported: ["QBIT_USERNAME", "QBIT_PASSWORD", "QBIT_API_KEY", "TRACKER"],
                        left: ["QBITVAULT_URL", "bad-name"]))
            for (name, value) in values { #expect(try await scene.keeps(name, value)) }
            #expect(try await scene.generation() == 2, "one write")
            // Without being told to, it deletes nothing.
            #expect(try Files.bytes(scene.envFile) == before)
            let again: ToldImport = try await scene.succeeding(command)
            #expect(again.unchanged == told.imported && again.imported.isEmpty)
            #expect(try await scene.generation() == 2)
        }
    }

    @Test func whatIsKeptIsReplacedOnlyWhenThatIsSaid() async throws {
        try await withVault { scene in
            let old = try scene.writeEnv(["QBIT_PASSWORD", "TRACKER"])
            try await scene.succeed(command)
            let new = try scene.writeEnv(["QBIT_PASSWORD", "OTHER"])
            let refused = try await scene.run(command + ["--delete"])
            try refused.expectProblem(.resultCannotBeWritten)
            #expect(refused.error.contains("QBIT_PASSWORD") && !refused.error.contains("OTHER,"))
            #expect(try await scene.keeps("QBIT_PASSWORD", old["QBIT_PASSWORD"]))
            #expect(try await scene.keeps("OTHER", nil), "all or nothing")
            #expect(try Files.names(in: scene.home.path).contains("old.env"))

            let told: ToldImport = try await scene.succeeding(command + ["--replace"])
            #expect(told.imported == ["QBIT_PASSWORD", "OTHER"])
            for (name, value) in new { #expect(try await scene.keeps(name, value)) }
            #expect(try await scene.keeps("TRACKER", old["TRACKER"]))
        }
    }

    /// The same value for another address is another thing.
    @Test func whatIsKeptForAnotherAddressIsNotTheSame() async throws {
        try await withVault { scene in
            try scene.writeEnv(["QBIT_PASSWORD"])
            try await scene.succeed(command)
            let elsewhere = ["QBITVAULT_URL": "https://elsewhere.example"]
            try await scene.run(command, environment: elsewhere).expectProblem(.resultCannotBeWritten)
            let told: ToldImport = try await scene.succeeding(command + ["--replace"], environment: elsewhere)
            #expect(told.imported == ["QBIT_PASSWORD"])
            try await scene.run(["exec", "--", "true"]).expectProblem(.credentialBelongsElsewhere)
        }
    }

    @Test func someCanBeChosen() async throws {
        try await withVault { scene in
            let values = try scene.writeEnv(["QBIT_PASSWORD", "TRACKER", "OTHER"], more: "EMPTY=''\n")
            let told: ToldImport = try await scene.succeeding(command + ["--only", "OTHER", "QBIT_PASSWORD"])
            #expect(told == ToldImport(imported: ["QBIT_PASSWORD", "OTHER"], left: ["TRACKER"]))
            #expect(try await scene.keeps("OTHER", values["OTHER"]))
            #expect(try await scene.keeps("TRACKER", nil))
            try await scene.run(command + ["--only", "MISSING"]).expectProblem(.credentialNotFound)
            try await scene.run(command + ["--only", "EMPTY"]).expectProblem(.secretSourceFailed)
            // What would be lost is not deleted.
            try await scene.run(command + ["--only", "OTHER", "--delete"]).expectProblem(.usage)
            #expect(try Files.names(in: scene.home.path).contains("old.env"))
        }
    }

    @Test func theFileIsDeletedWhenAllIsKept() async throws {
        try await withVault { scene in
            let values = try scene.writeEnv(["QBIT_USERNAME", "QBIT_PASSWORD"])
            // The file itself goes, and not the link that was named.
            let link = scene.home.path.appending("link")
            try #require(unsafe symlink(scene.envFile.string, link.string) == 0)
            let run = try await scene.home.run(["credential", "import", link.string, "--delete"])
            #expect(run.status == 0)
            #expect(run.error.contains("not erased") && run.error.contains("change the passwords"))
            try scene.expectNoLeak(in: run)
            let names = try Files.names(in: scene.home.path)
            #expect(!names.contains("old.env") && names.contains("link"))
            for (name, value) in values { #expect(try await scene.keeps(name, value)) }
        }
    }

    @Test func aFileThatCannotBeDeletedIsSaid() async throws {
        try await withVault { scene in
            let folder = scene.home.path.appending("mine")
            try Files.makeFolder(folder)
            let file = folder.appending("old.env")
            let value = scene.newSecret()
            try scene.write(Array("TRACKER=\(value.text ?? "")\n".utf8), to: file)
            // A file that is a mount can be deleted by nobody.
            let script = #"mount --bind "$0" "$0" && exec "$@""#
            let run = try await scene.run(
                ["credential", "import", file.string, "--delete"],
                by: ["unshare", "--map-root-user", "--mount", "sh", "-c", script, file.string])
            try run.expectProblem(.resultCannotBeWritten)
            #expect(try await scene.keeps("TRACKER", SecretBox(value)))
            #expect(try Files.names(in: folder) == ["old.env"])
        }
    }

    @Test func standardInputDoesAsWell() async throws {
        try await withVault { scene in
            let value = scene.newSecret()
            let text = Secret.joining(Secret(copying: "TRACKER=".utf8), value)
            let told: ToldImport = try await scene.succeeding(["credential", "import", "-"], input: text)
            #expect(told.imported == ["TRACKER"])
            #expect(try await scene.keeps("TRACKER", SecretBox(value)))
            try await scene.run(["credential", "import", "-", "--delete"]).expectProblem(.usage)
        }
    }

    /// Each server has its own names in such a file.
    @Test func aServerIsGivenItsOwnNames() async throws {
        try await withVault { scene in
            try scene.configure(
                "servers:\n  attic: {url: \"http://127.0.0.1:8081\"}\n  box.2: {url: \"http://127.0.0.1:8082\"}\n")
            let values = try scene.writeEnv(["QBIT_PASSWORD", "QBIT_PASSWORD__ATTIC", "QBIT_PASSWORD__BOX_2", "T__X"])
            let usual: ToldImport = try await scene.succeeding(command)
            #expect(
                usual
                    == ToldImport(
                        imported: ["QBIT_PASSWORD", "T__X"], left: ["QBIT_PASSWORD__ATTIC", "QBIT_PASSWORD__BOX_2"]))
            let attic: ToldImport = try await scene.succeeding(command + ["--server", "attic"])
            #expect(attic.imported == ["QBIT_PASSWORD"] && attic.server == "attic")
            #expect(try await scene.keeps("QBIT_PASSWORD", values["QBIT_PASSWORD__ATTIC"], ["--server", "attic"]))
            #expect(try await scene.keeps("QBIT_PASSWORD", values["QBIT_PASSWORD"]))
            // A file that has none for it may be its own.
            let own = try scene.writeEnv(["QBIT_PASSWORD", "QBIT_PASSWORD__ATTIC"])
            let box: ToldImport = try await scene.succeeding(command + ["--server", "box.2"])
            #expect(box == ToldImport(imported: ["QBIT_PASSWORD"], left: ["QBIT_PASSWORD__ATTIC"], server: "box.2"))
            #expect(try await scene.keeps("QBIT_PASSWORD", own["QBIT_PASSWORD"], ["--server", "box.2"]))
        }
    }

    @Test func whatCannotBeTakenIsRefused() async throws {
        try await withVault { scene in
            try await scene.run(command).expectProblem(.secretSourceFailed)
            for (text, status) in [
                ("", ExitStatus.credentialNotFound), ("# nothing\nEMPTY=\n", .credentialNotFound),
                ("A='\n", .secretSourceFailed), ("A=x\0y\n", .secretSourceFailed),
                (String(repeating: "#", count: 70_000), .secretSourceFailed),
            ] {
                try scene.write(Array(text.utf8), to: scene.envFile)
                try await scene.run(command + ["--delete"]).expectProblem(status)
                #expect(try Files.names(in: scene.home.path).contains("old.env"))
            }
            // Read by others: that is why it moves. Written by others: whose words are they?
            try scene.writeEnv(["TRACKER"], mode: 0o644)
            let said = try await scene.home.run(command)
            #expect(said.status == 0 && said.error.contains("others on this machine can read"))
            try scene.writeEnv(["TRACKER"], mode: 0o646)
            try await scene.run(command + ["--replace"]).expectProblem(.unsafePermissions)
        }
    }

    @Test func aKeyringTakesThemToo() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await KeyringSession.with(.unlocked) { session in
                let bus = session.environment.filter { $0.key == "XDG_RUNTIME_DIR" }
                let values = try scene.writeEnv(["QBIT_USERNAME", "QBIT_PASSWORD"])
                let told: ToldImport = try await scene.succeeding(command + ["--delete"], environment: bus)
                #expect(told == ToldImport(imported: ["QBIT_USERNAME", "QBIT_PASSWORD"], deleted: true))
                for (name, value) in values {
                    let run = try await home.run(["credential", "get", name], environment: bus)
                    let same = Secret(copying: run.output) == value.secret
                    #expect(same)
                }
            }
        }
    }

    /// From a file in plain text to a server that knows the password, and the file is gone.
    @Test func aServerIsSignedInToAfterwards() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withVault { scene in
            let password = server.password()
            scene.hold(password)
            let text = "QBIT_USERNAME=\(server.username)\nQBIT_PASSWORD='\(password.text ?? "")'\n"
            try scene.write(Array(text.utf8), to: scene.envFile)
            let address = ["QBITVAULT_URL": server.url]
            let told: ToldImport = try await scene.succeeding(command + ["--delete"], environment: address)
            #expect(told.deleted)
            let checked = try await scene.run(["check"], environment: address)
            #expect(checked.status == 0)
            try scene.expectNoLeak(in: checked)
        }
    }

    private var command: [String] { ["credential", "import", "old.env"] }

    private func withVault(_ body: (Scene) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            try await body(scene)
        }
    }
}

extension Scene {
    /// How often the vault was written.
    func generation() async throws -> Int {
        struct Told: Decodable { let generation: Int }
        let told: Told = try await succeeding(["vault", "status"])
        return told.generation
    }
}

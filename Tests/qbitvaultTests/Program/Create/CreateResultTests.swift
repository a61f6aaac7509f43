import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What the file is called, who may read it, and what is said of it.
@Suite struct CreateResultTests {
    /// Octal: the umask, `output_mode` in the configuration, and the file's mode.
    static let modes: [(umask: String, asked: String?, expected: UInt32)] = [
        ("022", nil, 0o644), ("077", nil, 0o600), ("002", nil, 0o664), ("077", "0644", 0o644), ("022", "0600", 0o600),
    ]

    @Test(arguments: modes.indices)
    func itsModeFollowsTheUmaskOrTheConfiguration(row: Int) async throws {
        let (umask, asked, expected) = Self.modes[row]
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source")
            var environment = scene.environment(for: try await RealServer.shared(.v5_1))
            environment["QBITVAULT_CREATION_OUTPUT_MODE"] = asked
            let run = try await scene.run(
                ["create", "source"], environment: environment, by: ["sh", "-c", "umask \(umask); exec \"$@\"", "sh"])
            try #require(run.status == 0, "\(run.error)")
            #expect(try Files.mode(home.path.appending("source.torrent")) == expected)
        }
    }

    /// Names of sources, and what their files are called. A file system takes 255 bytes.
    static let names: [(source: String, file: String)] = [
        ("two\nlines", "two_lines.torrent"), ("\u{1b}[31mred", "_[31mred.torrent"), ("-rf", "-rf.torrent"),
        (".hidden/", ".hidden.torrent"), ("ünï 🧪", "ünï 🧪.torrent"), ("it.torrent", "it.torrent.torrent"),
        (String(repeating: "x", count: 255), String(repeating: "x", count: 216) + ".torrent"),
        (String(repeating: "é", count: 127), String(repeating: "é", count: 108) + ".torrent"),
    ]

    @Test(arguments: names.indices)
    func itsNameFitsAFileSystem(row: Int) async throws {
        let (source, file) = Self.names[row]
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("results/", source.hasSuffix("/") ? source + "file" : source)
            // 5.3.0 cannot hand out names with control characters.
            let environment = scene.environment(for: try await RealServer.shared(.v5_1))
            let told: ToldCreate = try await scene.succeeding(
                ["create", "--output", home.path.appending("results").string, home.path.appending(source).string],
                environment: environment)
            #expect(FilePath(told.name) == FilePath(source))
            #expect(try home.files(in: "results") == [file])

            // On a screen a name is one line, and moves no cursor.
            let text = try await home.run(
                ["create", "--again", "--output", "results", "./" + source], environment: environment)
            try #require(text.status == 0, "\(text.error)")
            #expect(!text.text.contains("\u{1b}"))
            #expect(text.text.split(separator: "\n").first == "\(home.path)/results/\(file)")
        }
    }

    /// A bad answer, and the reason for it.
    @Test func aNameThatBreaksTheAnswerIsSaidToDoSo() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("two\nlines")
            let server = try await RealServer.shared(.v5_3)
            let run = try await scene.run(["create", "two\nlines"], environment: scene.environment(for: server))
            try run.expectProblem(.sourceOrPathWrong)
            #expect(!(try await server.answer(to: "torrentcreator/status").contains(home.path.string)))
        }
    }

    @Test func aFileThatIsThereIsReplacedWhenThatIsSaid() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source", "source.torrent", size: 3)
            let environment = scene.environment(for: try await RealServer.shared(.v5_1))
            let refused = try await scene.run(["create", "source"], environment: environment)
            try refused.expectProblem(.resultCannotBeWritten)
            #expect(try Files.bytes(home.path.appending("source.torrent")).count == 3)
            let told: ToldCreate = try await scene.succeeding(
                ["create", "source", "--overwrite"], environment: environment)
            #expect(FilePath(told.path) == home.path.appending("source.torrent"))
            #expect(try Files.bytes(home.path.appending("source.torrent")).first == UInt8(ascii: "d"))
        }
    }

    /// The parts of the text, and the same things in the document.
    @Test func textAndDocumentSayTheSame() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source")
            let environment = scene.environment(for: try await RealServer.shared(.v5_3))
            let words = ["create", "source", "--private", "--tracker", "http://a.example/announce", "--again"]
            let told: ToldCreate = try await scene.succeeding(words, environment: environment)
            let run = try await home.run(words, environment: environment)
            #expect(run.status == 0 && run.error.isEmpty)
            let v1 = try #require(told.infoHashV1)
            let v2 = try #require(told.infoHashV2)
            #expect(v1.utf8.count == 40 && v2.utf8.count == 64)
            for part in [told.path, "hybrid, private, 1 file, 1000 bytes", v1, v2, "verified: format, privacy"] {
                #expect(run.text.contains(part), "\(part) in \(run.text)")
            }
            #expect(told.verified.contains("file_sizes") && told.notVerified == ["piece_size"])
            #expect(told.credentialSource?.contains("QBIT_PASSWORD") == true)
            #expect(!told.seeding)
        }
    }
}

import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A compose file, read by a YAML library, and its command run where its secrets and mounts are laid out.
@Suite(.timeLimit(.minutes(3))) struct ComposeUnitTests {
    @Test func itSignsInByItsSecretAlone() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try #require(try await scene.setUp(server).status == 0)
            let service = try await scene.compose(["check", "--json"])
            #expect(service.name == "qbitvault-check")
            #expect(service.argv == ["/usr/local/bin/qbitvault", "check", "--json", "--no-input"])
            #expect(service.secrets == [.init(file: scene.keyFile.string, target: "qbitvault.key")])
            #expect(service.state == ["/var/lib/qbitvault"] && service.readOnly && service.memlock > 1 << 20)
            #expect(service.network == "host", "the server is on loopback")
            let run = try await service.run(in: home)
            try #require(run.status == 0, "\(run.error)")
            #expect(run.text.contains(#""proof":"password""#))
            try scene.expectNoLeak(in: run)

            // Without the secret there is no key: it comes from nowhere else.
            let without = try await service.run(in: home, withSecrets: false)
            #expect(without.status == ExitStatus.vaultCannotBeOpened.rawValue, "\(without.error)")
        }
    }

    @Test func itMakesATorrentThroughItsMounts() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try #require(try await scene.setUp(server).status == 0)
            // What YAML and compose have signs for.
            let source = home.path.appending("a $HOME of {it}, #1 é")
            let results = home.path.appending("results & more")
            for folder in [source, results] { try Files.makeFolder(folder) }
            try Files.write("something", to: source.appending("file"))
            let service = try await scene.compose(["create", source.string, "--output", results.string])
            let run = try await service.run(in: home)
            try #require(run.status == 0, "\(run.error)")
            #expect(try Files.names(in: results) == ["\(source.lastComponent?.string ?? "").torrent"])
            #expect(service.binds.filter { !$0.readOnly }.map(\.source) == [results.string])
        }
    }

    @Test func withoutAServerThereIsNoNetwork() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.prepareUnits()
            let service = try await scene.compose(
                ["vault", "verify"], ["--run-as", "1000:100", "--image", "own/image:1"])
            #expect(service.network == "none")
            #expect(service.user == "1000:100" && service.image == "own/image:1")
        }
    }
}

/// The one service of a compose file.
private struct ComposeService: Decodable {
    struct Mount: Decodable {
        let source: String
        let target: String
        let readOnly: Bool

        private enum CodingKeys: String, CodingKey { case source, target, readOnly = "read_only" }
    }
    struct MountedSecret: Decodable, Hashable {
        let file: String
        let target: String
    }

    let name: String
    let image: String
    let argv: [String]
    let user: String
    let environment: [String: String]
    let secrets: [MountedSecret]
    let state: [String]
    let binds: [Mount]
    let readOnly: Bool
    let network: String?
    let memlock: Int

    private enum CodingKeys: String, CodingKey {
        case name, image, argv, user, environment, secrets, state, binds, network, memlock
        case readOnly = "read_only"
    }

    func run(in home: TestHome, withSecrets: Bool = true) async throws -> ToolRun {
        var confined = ConfinedHome(home: home.path)
        confined.binds = binds.map { ($0.source, !$0.readOnly) }
        try #require(binds.allSatisfy { $0.source == $0.target })
        if withSecrets { confined.secrets = secrets.map { ($0.file, FilePath("/run/secrets").appending($0.target)) } }
        confined.folders = state.map { FilePath($0) }
        confined.program = FilePath(argv[0])
        return try await confined.run(argv, environment)
    }
}

extension Scene {
    fileprivate func compose(_ line: [String], _ options: [String] = []) async throws -> ComposeService {
        let told: ToldUnit = try await unit(["compose"] + options, line)
        let script = FilePath(#filePath).removingLastComponent().appending("compose_run.py")
        let read = try await ToolRun.of(
            .path(TestPython.path), [script.string], input: .text(told.files[0].text))
        try #require(read.status == 0, "\(read.error)\n\(told.files[0].text)")
        return try read.document()
    }
}

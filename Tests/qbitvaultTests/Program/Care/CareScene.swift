import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A vault with a history: an entry for each write, and the file as it was before each.
struct CareScene {
    let scene: Scene
    /// The file after it was made, and after each write.
    private(set) var history: [[UInt8]] = []

    /// Makes a vault and writes to it so many times: `NAME1`, `NAME2` and on.
    init(_ home: TestHome, writes: Int) async throws {
        scene = Scene(home)
        try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
        history = [try Files.bytes(scene.vault)]
        for _ in 0..<writes { try await write() }
    }

    mutating func write() async throws {
        try await scene.succeed(
            ["credential", "set", "NAME\(history.count)", "--stdin"], input: scene.newSecret())
        history.append(try Files.bytes(scene.vault))
    }

    var vault: FilePath { scene.vault }
    var previous: FilePath { FilePath(scene.vault.string + ".prev") }

    /// What this machine wrote last, in its state folder.
    var ownCopy: FilePath {
        get throws {
            let folder = scene.home.state.appending("qbitvault/vaults")
            return folder.appending(try #require(Files.names(in: folder).first { $0.hasSuffix(".qbv") }))
        }
    }

    var pin: FilePath {
        get throws {
            let folder = scene.home.state.appending("qbitvault/pins")
            return folder.appending(try #require(Files.names(in: folder).first { $0.hasSuffix(".json") }))
        }
    }

    /// A vault of another identity, that the same key file opens.
    func foreignVault() async throws -> [UInt8] {
        let path = scene.home.path.appending("foreign/vault.qbv")
        let environment = [
            "QBITVAULT_VAULT": path.string, "STATE_DIRECTORY": scene.home.path.appending("foreign/state").string,
            "QBITVAULT_KEY_FILE": scene.keyFile.string,
        ]
        try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string], environment: environment)
        return try Files.bytes(path)
    }

    /// How many entries the vault has, once it opens.
    func entries() async throws -> Int {
        struct Listing: Decodable {
            struct Row: Decodable { let name: String }
            let credentials: [Row]
        }
        let list: Listing = try await scene.succeeding(["credential", "list"])
        return list.credentials.count
    }

    func fingerprint() async throws -> String {
        struct Status: Decodable { let fingerprint: String }
        let status: Status = try await scene.succeeding(["vault", "status"])
        return status.fingerprint
    }

    /// What the program says of the vault now.
    func refusal() async throws -> Int32 { try await scene.run(["credential", "list"]).status }

    static func with(writes: Int = 2, _ body: (CareScene) async throws -> Void) async throws {
        try await TestHome.with { home in try await body(CareScene(home, writes: writes)) }
    }
}

import Glibc
import SystemPackage
import TestSupport
import Testing

/// Many small sources, and a folder for their torrents.
struct BatchScene: Sendable {
    let scene: Scene
    let count: Int
    var sources: FilePath { scene.home.path.appending("sources") }
    var results: FilePath { scene.home.path.appending("results") }

    /// Folders of one small file each.
    init(_ home: TestHome, _ count: Int) throws {
        scene = Scene(home)
        self.count = count
        try Files.makeFolder(results)
        for number in 0..<count {
            try Files.makeFolder(sources.appending(name(number)))
            let byte = UInt8(truncatingIfNeeded: number)
            try Files.write([UInt8](repeating: byte, count: 500 + number), to: file(number))
        }
    }

    func name(_ number: Int) -> String { "s\(String(repeating: "0", count: 4 - String(number).count))\(number)" }

    func file(_ number: Int) -> FilePath { sources.appending(name(number)).appending("file") }

    func result(_ number: Int) -> FilePath { results.appending("\(name(number)).torrent") }

    var words: [String] { ["create", "--each", sources.string, "--output", results.string] }

    func environment(_ server: RealServer, at url: String? = nil) -> [String: String] {
        scene.environment(for: server, at: url ?? server.url)
    }

    func run(
        _ server: RealServer, _ more: [String] = [], at url: String? = nil, by starter: [String] = []
    ) async throws -> ToolRun {
        try await scene.run(words + more, environment: environment(server, at: url), by: starter)
    }

    /// What lies in the folder of results.
    func resultNames() throws -> [String] { try Files.all(below: results).compactMap(\.lastComponent?.string).sorted() }

    var allNames: [String] { (0..<count).map { "\(name($0)).torrent" } }

    /// What runs remember, by the beginnings of the names.
    func memories() throws -> Set<String> {
        Set(
            try Files.all(below: scene.home.state.appending("qbitvault/creation")).compactMap(\.lastComponent?.string)
                .map { String($0.prefix { $0 != "-" }) })
    }
}

/// What `create` of many tells at its end.
struct ToldSummary: Decodable, Hashable {
    var event = "summary"
    var made = 0
    var madeBefore = 0
    var failed = 0
    var notTried = 0

    private enum CodingKeys: String, CodingKey {
        case event, made, failed
        case madeBefore = "made_before"
        case notTried = "not_tried"
    }
}

extension ToolRun {
    /// Lines that hold this event.
    func events(_ name: String) -> [String] {
        text.split(separator: "\n").filter { $0.contains("\"event\":\"\(name)\"") }.map(String.init)
    }
}

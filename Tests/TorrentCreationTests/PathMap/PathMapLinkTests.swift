import SystemPackage
import Testing
import TorrentCreation

/// Paths that lead through links, on a real file system.
@Suite struct PathMapLinkTests {
    let scratch: ScratchFolder
    let map: PathMap

    init() throws {
        scratch = try ScratchFolder()
        try scratch.file("share/films/one.mkv")
        try scratch.link("share/films/two.mkv", to: "one.mkv")
        try scratch.link("home/films", to: "../share/films")
        try scratch.link("home/three.mkv", to: "../share/films/one.mkv")
        try scratch.link("home/nowhere", to: "../share/nowhere")
        map = try PathMap([PathRule(here: scratch.path.appending("share").string, there: "/data")])
    }

    @Test(
        arguments: [
            ("share/films/one.mkv", "/data/films/one.mkv", .asTyped),
            ("share/films/two.mkv", "/data/films/two.mkv", .asTyped),
            ("home/films/one.mkv", "/data/films/one.mkv", .folderResolved),
            ("home/films/two.mkv", "/data/films/two.mkv", .folderResolved),
            ("home/films", "/data/films", .resolved), ("home/three.mkv", "/data/films/one.mkv", .resolved),
        ] as [(String, String, PathMapping.Way)]
    )
    func linksAreFollowedOnlyWhenNeeded(_ typed: String, _ there: String, _ way: PathMapping.Way) throws {
        let mapping = try map.there(for: FilePath(typed), in: scratch.path)
        #expect(mapping.there == there)
        #expect(mapping.way == way)
        #expect(map.here(for: there) == mapping.here)
    }

    @Test(arguments: ["home/nowhere", "home/absent", "home/absent/film"])
    func whatLeadsNowhereStaysAsItIs(_ typed: String) throws {
        let mapping = try map.there(for: FilePath(typed), in: scratch.path)
        #expect(mapping.there == scratch.path.appending(typed).string)
        #expect(mapping.rule == nil)
    }
}

import SystemPackage
import Testing
import TorrentCreation

@Suite struct PathMapTests {
    /// Rules as `here=there`.
    static func map(_ rules: [String]) throws(PathMapError) -> PathMap {
        var parsed: [PathRule] = []
        for rule in rules {
            let sides = rule.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            parsed.append(try PathRule(here: sides[0], there: sides[1]))
        }
        return try PathMap(parsed)
    }

    /// Nothing on disk is a link.
    static func nothingThere(_ path: FilePath) -> FilePath? { nil }

    @Test(
        arguments: [
            (["/mnt/user/data=/data"], "/mnt/user/data/film", "/data/film"),
            (["/mnt/user/data=/data"], "/mnt/user/data", "/data"),
            (["/mnt/user/data=/data"], "/mnt/user/data/", "/data"),
            (["/mnt/user/data=/data"], "/mnt/user/database/film", "/mnt/user/database/film"),
            (["/mnt/user/data=/data"], "/mnt/user", "/mnt/user"),
            (["/mnt/user/data/=/data//"], "/mnt//user/./data/film/", "/data/film"),
            (["/mnt/user/data=/data"], "/mnt/user/data/../other/film", "/mnt/user/other/film"),
            (["/mnt/user/data=/data"], "/mnt/user/other/../data/film", "/data/film"),
            (["/mnt/user=/data", "/mnt/user/music=/music"], "/mnt/user/music/a", "/music/a"),
            (["/mnt/user/music=/music", "/mnt/user=/data"], "/mnt/user/films/a", "/data/films/a"),
            (["/=/host"], "/film", "/host/film"), (["/=/host"], "/", "/host"),
            (["/mnt=/"], "/mnt/film", "/film"), (["/mnt=/"], "/mnt", "/"), (["/=/"], "/film", "/film"),
            (["/=/host", "/mnt=/data"], "/mnt/film", "/data/film"),
            ([], "/film", "/film"), (["/mnt=/data"], "film", "/home/film"), (["/home=/data"], "film", "/data/film"),
            (["/home=/data"], "./a/../film", "/data/film"), (["/home=/data"], ".", "/data"),
            (["/home=/data"], "../other", "/other"), (["/mnt=/data"], "/mnt/100% é +&", "/data/100% é +&"),
            (["/mnt/../srv=/data"], "/srv/film", "/data/film"), (["/data=/data"], "/data/film", "/data/film"),
        ] as [([String], String, String)]
    )
    func pathsAreMappedByWholeComponents(_ rules: [String], _ typed: String, _ there: String) throws {
        let map = try Self.map(rules)
        let mapping = try map.there(for: FilePath(typed), in: "/home", resolve: Self.nothingThere)
        #expect(mapping.there == there)
        #expect(mapping.way == .asTyped)
        if mapping.rule != nil { #expect(map.here(for: there) == mapping.here) }
    }

    @Test func theRuleThatMatchedIsKept() throws {
        let map = try Self.map(["/mnt=/data", "/mnt/music=/music"])
        func rule(_ path: FilePath) throws -> PathRule? {
            try map.there(for: path, in: "/", resolve: Self.nothingThere).rule
        }
        #expect(try rule("/mnt/a") == PathRule(here: "/mnt", there: "/data"))
        #expect(try rule("/mnt/music/a") == PathRule(here: "/mnt/music", there: "/music"))
        #expect(try rule("/elsewhere") == nil)
    }

    @Test(
        arguments: [
            ("=/data", .empty(.here)), ("/mnt=", .empty(.there)), ("mnt=/data", .relative("mnt", .here)),
            ("/mnt=data", .relative("data", .there)), ("./mnt=/data", .relative("./mnt", .here)),
            ("~/mnt=/data", .relative("~/mnt", .here)),
        ] as [(String, PathMapError)]
    )
    func sidesMustBeAbsolute(_ rule: String, _ error: PathMapError) {
        #expect(throws: error) { try Self.map([rule]) }
    }

    @Test(
        arguments: [
            (["/mnt=/data", "/mnt=/media"], .here), (["/mnt=/data", "/mnt/=/media"], .here),
            (["/a=/data", "/b=/data"], .there), (["/a=/data", "/b=/data/"], .there), (["/a=/b", "/a=/b"], .here),
            (["/a=/data", "/x=/y", "/b/../a=/z"], .here),
        ] as [([String], PathSide)]
    )
    func twoRulesForOneFolderAreNamed(_ rules: [String], _ side: PathSide) throws {
        let first = try #require(Self.map([rules[0]]).rules.first)
        let last = try #require(Self.map([rules[rules.count - 1]]).rules.first)
        #expect(throws: PathMapError.conflict(first, last, on: side)) { try Self.map(rules) }
    }

    @Test func whatAnotherMountHidesIsRefused() throws {
        let map = try Self.map(["/a=/data", "/b=/data/x"])
        let rule = try PathRule(here: "/b", there: "/data/x")
        #expect(throws: PathMapError.hidden("/a/x/film", by: rule)) {
            try map.there(for: "/a/x/film", in: "/", resolve: Self.nothingThere)
        }
        #expect(try map.there(for: "/b/film", in: "/").there == "/data/x/film")
        #expect(map.here(for: "/data/x/film") == "/b/film")
    }

    @Test(
        arguments: [
            (["/mnt=/data"], "/data/film", "/mnt/film"), (["/mnt=/data"], "/data", "/mnt"),
            (["/mnt=/data"], "/database", "/database"), (["/mnt=/"], "/film", "/mnt/film"),
            (["/mnt=/data", "/mnt/music=/music"], "/music/a", "/mnt/music/a"),
            (["/mnt=/data", "/mnt/music=/music"], "/data/music/a", nil), ([], "/film", "/film"),
        ] as [([String], String, String?)]
    )
    func theWayBackIsExact(_ rules: [String], _ there: String, _ here: String?) throws {
        let map = try Self.map(rules)
        #expect(map.here(for: there)?.string == here)
    }

    @Test func whatCannotBeNamedIsRefused() throws {
        let map = try Self.map(["/mnt=/data"])
        #expect(throws: PathMapError.empty(.here)) { try map.there(for: "", in: "/home") }
        let name = try #require(
            unsafe [CChar]([0x2f, -1, 0]).withUnsafeBufferPointer { buffer in
                unsafe buffer.baseAddress.map { unsafe FilePath(platformString: $0) }
            }
        )
        #expect(throws: PathMapError.notText(name)) { try map.there(for: name, in: "/home") }
    }
}

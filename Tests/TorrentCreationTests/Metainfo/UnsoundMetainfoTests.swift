import Testing
import TorrentCreation

/// Well encoded, and still no torrent.
@Suite struct UnsoundMetainfoTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: MetainfoError.Code
        let bytes: [UInt8]

        init(_ code: MetainfoError.Code, _ name: String, _ info: Bencoded, _ spoil: (inout Bencoded) -> Void) {
            var info = info
            spoil(&info)
            self.init(code, name, Sample.torrent(info))
        }

        init(_ code: MetainfoError.Code, _ name: String, _ torrent: Bencoded) {
            testDescription = "\(name): \(code)"
            self.code = code
            bytes = torrent.bytes
        }
    }

    static let v1: [Case] = [
        Case(.missing(key: "name"), "no name", Sample.v1Info) { $0["name"] = nil },
        Case(.wrongType(key: "name"), "a number for a name", Sample.v1Info) { $0["name"] = 1 },
        Case(.notText(key: "name"), "a name not in UTF-8", Sample.v1Info) { $0["name"] = .string([0xff]) },
        Case(.unsafeName, "an empty name", Sample.v1Info) { $0["name"] = "" },
        Case(.unsafeName, "the folder above", Sample.v1Info) { $0["name"] = ".." },
        Case(.unsafeName, "a slash", Sample.v1Info) { $0["name"] = "a/b" },
        Case(.unsafeName, "a NUL", Sample.v1Info) { $0["name"] = "a\0" },
        Case(.unsafeName, "the folder above in a path", Sample.v1Info) {
            $0["files"] = [["length": 21, "path": ["..", "etc"]]]
        },
        Case(.unsafeName, "an empty path", Sample.v1Info) { $0["files"] = [["length": 21, "path": []]] },
        Case(.missing(key: "path"), "no path", Sample.v1Info) { $0["files"] = [["length": 21]] },
        Case(.missing(key: "length"), "neither file nor files", Sample.v1Info) { $0["files"] = nil },
        Case(.outOfRange(key: "length"), "less than nothing", Sample.v1Info) {
            $0["files"] = [["length": -1, "path": ["a"]]]
        },
        Case(.outOfRange(key: "length"), "more than 64 bits", Sample.v1Info) {
            $0["files"] = [["length": .integer(.max), "path": ["a"]], ["length": 1, "path": ["b"]]]
        },
        Case(.wrongType(key: "files"), "text among files", Sample.v1Info) { $0["files"] = ["a"] },
        Case(.noFiles, "no files", Sample.v1Info) {
            $0["files"] = []
            $0["pieces"] = ""
        },
        Case(.outOfRange(key: "piece length"), "pieces of nothing", Sample.v1Info) { $0["piece length"] = 0 },
        Case(.outOfRange(key: "piece length"), "negative pieces", Sample.v1Info) { $0["piece length"] = -16 },
        Case(.missing(key: "pieces"), "no hashes", Sample.v1Info) { $0["pieces"] = nil },
        Case(.wrongType(key: "pieces"), "a number for hashes", Sample.v1Info) { $0["pieces"] = 2 },
        Case(.pieceCount(expected: 2, found: 1), "a hash too few", Sample.v1Info) { $0["pieces"] = .zeros(20) },
        Case(.pieceCount(expected: 2, found: 3), "a hash too many", Sample.v1Info) { $0["pieces"] = .zeros(60) },
        Case(.pieceCount(expected: 2, found: 2), "a byte too many", Sample.v1Info) { $0["pieces"] = .zeros(41) },
        Case(.unknownVersion(3), "version 3", Sample.v1Info) { $0["meta version"] = 3 },
        Case(.wrongType(key: "private"), "private in words", Sample.v1Info) { $0["private"] = "yes" },
        Case(.missing(key: "info"), "nothing at all", [:]),
        Case(.wrongType(key: "info"), "a list for info", ["info": []]),
        Case(.wrongType(key: ""), "a list outside", [["info": Sample.v1Info]]),
        Case(
            .wrongType(key: "announce-list"),
            "tiers that are none",
            [
                "announce-list": ["http://a"], "info": Sample.v1Info,
            ]
        ),
        Case(.wrongType(key: "url-list"), "a number for a seed", ["info": Sample.v1Info, "url-list": 1]),
    ]

    static let v2: [Case] = [
        Case(.outOfRange(key: "piece length"), "pieces below 16 KiB", Sample.v2Info) { $0["piece length"] = 8192 },
        Case(.outOfRange(key: "piece length"), "no power of two", Sample.v2Info) { $0["piece length"] = 16385 },
        Case(.missing(key: "file tree"), "no tree", Sample.v2Info) { $0["file tree"] = nil },
        Case(.noFiles, "an empty tree", Sample.v2Info) { $0["file tree"] = [:] },
        Case(.wrongType(key: "file tree"), "a list for a folder", Sample.v2Info) { $0["file tree"] = ["a": []] },
        Case(.unsafeName, "a file without a name", Sample.v2Info) { $0["file tree"] = ["": ["length": 0]] },
        Case(.unsafeName, "a file that is a folder too", Sample.v2Info) {
            $0["file tree"] = ["a": ["": ["length": 0], "b": ["": ["length": 0]]]]
        },
        Case(.unsafeName, "the folder above", Sample.v2Info) { $0["file tree"] = ["..": ["": ["length": 0]]] },
        Case(.missing(key: "pieces root"), "no root", Sample.v2Info) { $0["file tree"] = ["a": ["": ["length": 1]]] },
        Case(.wrongType(key: "pieces root"), "half a root", Sample.v2Info) {
            $0["file tree"] = ["a": ["": ["length": 1, "pieces root": .zeros(16)]]]
        },
        Case(.pieceLayer(file: 0), "no layer", Sample.v2Info) {
            $0["file tree"] = ["a": ["": ["length": 16385, "pieces root": .zeros(32)]]]
        },
        Case(.outOfRange(key: "length"), "more than 64 bits", Sample.v2Info) {
            $0["file tree"] = [
                "a": ["": ["length": .integer(.max), "pieces root": .zeros(32)]],
                "b": ["": ["length": .integer(.max), "pieces root": .zeros(32)]],
            ]
        },
        Case(.missing(key: "piece layers"), "no layers", ["info": Sample.v2Info]),
        Case(.wrongType(key: "piece layers"), "a list for layers", ["info": Sample.v2Info, "piece layers": []]),
        Case(.halvesDiffer(file: 0), "another name", Sample.hybridInfo) {
            $0["files"] = [
                ["length": 5, "path": ["A"]], ["attr": "p", "length": 16379, "path": [".pad", "16379"]],
                ["length": 16, "path": ["folder", "b"]],
            ]
        },
        Case(.halvesDiffer(file: 1), "another length", Sample.hybridInfo) {
            $0["files"] = [
                ["length": 5, "path": ["a"]], ["attr": "p", "length": 16379, "path": [".pad", "16379"]],
                ["length": 17, "path": ["folder", "b"]],
            ]
        },
        Case(.halvesDiffer(file: 1), "padding too short", Sample.hybridInfo) {
            $0["files"] = [
                ["length": 5, "path": ["a"]], ["attr": "p", "length": 16380, "path": [".pad", "16380"]],
                ["length": 16, "path": ["folder", "b"]],
            ]
        },
        Case(.halvesDiffer(file: 1), "a file too few", Sample.hybridInfo) {
            $0["files"] = [["length": 5, "path": ["a"]]]
            $0["pieces"] = .zeros(20)
        },
        Case(.halvesDiffer(file: 2), "a file too many", Sample.hybridInfo) {
            $0["files"] = [
                ["length": 5, "path": ["a"]], ["attr": "p", "length": 16379, "path": [".pad", "16379"]],
                ["length": 16, "path": ["folder", "b"]], ["length": 0, "path": ["more"]],
            ]
        },
    ]

    @Test(arguments: v1 + v2) func isRefused(_ unsound: Case) {
        let error = #expect(throws: MetainfoError.self) { try Metainfo(unsound.bytes) }
        #expect(error?.code == unsound.code)
    }
}

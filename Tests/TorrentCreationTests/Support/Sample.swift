/// Small torrents, sound in every way, to be spoilt by tests.
enum Sample {
    /// Two files, five bytes and sixteen, in two pieces of version 1.
    static let v1Info: Bencoded = [
        "files": [["length": 5, "path": ["a"]], ["length": 16, "path": ["folder", "b"]]],
        "name": "sample", "piece length": 16, "pieces": .zeros(40),
    ]

    /// The same files, padded so that each begins with a piece of 16 KiB, in both versions.
    static let hybridInfo: Bencoded = [
        "file tree": [
            "a": ["": ["length": 5, "pieces root": .zeros(32)]],
            "folder": ["b": ["": ["length": 16, "pieces root": .zeros(32)]]],
        ],
        "files": [
            ["length": 5, "path": ["a"]], ["attr": "p", "length": 16379, "path": [".pad", "16379"]],
            ["length": 16, "path": ["folder", "b"]],
        ],
        "meta version": 2, "name": "sample", "piece length": 16384, "pieces": .zeros(40),
    ]

    static let v2Info: Bencoded = {
        var info = hybridInfo
        info["files"] = nil
        info["pieces"] = nil
        return info
    }()

    static func torrent(_ info: Bencoded) -> Bencoded { ["info": info, "piece layers": [:]] }
}

import Testing
import TorrentCreation

@Suite struct MetainfoTests {
    @Test(arguments: [(Sample.v1Info, TorrentFormat.v1), (Sample.v2Info, .v2), (Sample.hybridInfo, .hybrid)])
    func samplesAreSound(_ info: Bencoded, _ format: TorrentFormat) throws {
        let metainfo = try Metainfo(Sample.torrent(info).bytes)
        #expect(metainfo.format == format)
        #expect(metainfo.name == "sample")
        #expect(metainfo.files.map(\.path) == ["a", "folder/b"])
        #expect(metainfo.files.map(\.length) == [5, 16])
        #expect(metainfo.totalSize == 21)
        #expect(metainfo.pieceCount == 2)
        #expect(metainfo.metaVersion == (format == .v1 ? 1 : 2))
        #expect((metainfo.infoHashV1 == nil) == (format == .v2))
        #expect((metainfo.infoHashV2 == nil) == (format == .v1))
        #expect(metainfo.entries.count { $0.isPadding } == (format == .hybrid ? 1 : 0))
        #expect(Array(Sample.torrent(info).bytes[metainfo.infoRange]) == info.bytes)
    }

    @Test func everyFieldIsRead() throws {
        var torrent = Sample.torrent(Sample.v1Info)
        torrent["info"]?["private"] = 1
        torrent["info"]?["source"] = "SRC"
        torrent["announce"] = "http://a"
        torrent["announce-list"] = [["http://a", "http://b"], ["udp://c:1"]]
        torrent["comment"] = "é"
        torrent["created by"] = "somebody"
        torrent["creation date"] = 1_700_000_000
        torrent["url-list"] = ["http://w/1", "http://w/2"]
        let metainfo = try Metainfo(torrent.bytes)
        #expect(metainfo.isPrivate)
        #expect(metainfo.source == "SRC")
        #expect(metainfo.announce == "http://a")
        #expect(metainfo.trackers == [["http://a", "http://b"], ["udp://c:1"]])
        #expect(metainfo.comment == "é")
        #expect(metainfo.createdBy == "somebody")
        #expect(metainfo.creationDate == 1_700_000_000)
        #expect(metainfo.webSeeds == ["http://w/1", "http://w/2"])
    }

    @Test func oneTrackerAndOneWebSeedNeedNoList() throws {
        var torrent = Sample.torrent(Sample.v1Info)
        torrent["announce"] = "http://a"
        torrent["url-list"] = "http://w"
        let metainfo = try Metainfo(torrent.bytes)
        #expect(metainfo.trackers == [["http://a"]])
        #expect(metainfo.announceList == [])
        #expect(metainfo.webSeeds == ["http://w"])
    }

    @Test func whatIsNotThereIsAbsent() throws {
        let metainfo = try Metainfo(Sample.torrent(Sample.v1Info).bytes)
        #expect(!metainfo.isPrivate)
        #expect(metainfo.trackers == [] && metainfo.webSeeds == [])
        #expect(metainfo.source == nil && metainfo.comment == nil && metainfo.createdBy == nil)
        #expect(metainfo.creationDate == nil && metainfo.announce == nil)
    }

    @Test func attributesAreToldApart() throws {
        var info = Sample.v1Info
        info["files"] = [
            ["attr": "xh", "length": 5, "path": ["a"]], ["attr": "lq", "length": 0, "path": ["l"]],
            ["attr": "p", "length": 16, "path": [".pad", "16"]],
        ]
        let metainfo = try Metainfo(Sample.torrent(info).bytes)
        #expect(metainfo.entries.map(\.attributes) == [[.executable, .hidden], .symbolicLink, .padding])
        #expect(metainfo.totalSize == 5)
    }

    @Test(arguments: [(5, 1), (16, 1), (17, 2), (0, 0)])
    func oneFileIsNamedAfterTheTorrent(_ length: Int64, _ pieces: Int) throws {
        let info: Bencoded = [
            "length": .integer(length), "name": "one", "piece length": 16, "pieces": .zeros(20 * pieces),
        ]
        let metainfo = try Metainfo(Sample.torrent(info).bytes)
        #expect(metainfo.files.map(\.path) == ["one"])
        #expect(metainfo.pieceCount == pieces)
    }

    /// Computed with `printf … | sha1sum`, away from any code of ours.
    @Test func theInfoHashIsThatOfTheBytesAsTheyStand() throws {
        let info = "d6:lengthi3e4:name3:abc12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae"
        let metainfo = try Metainfo(Array("d4:info\(info)e".utf8))
        #expect(metainfo.infoHashV1?.description == "8b5cbd34613448b988d502fbf3279995035b9b37")
    }
}

import Testing
import TorrentCreation

/// Sound torrents, spoilt a little: the reader must answer, and never take a changed info dictionary for the old one.
@Suite struct MutationTests {
    @Test(arguments: [Sample.v1Info, Sample.v2Info, Sample.hybridInfo])
    func noBeginningOfATorrentIsATorrent(_ info: Bencoded) {
        let bytes = Sample.torrent(info).bytes
        for count in bytes.indices {
            #expect(throws: MetainfoError.self) { try Metainfo(Array(bytes[..<count])) }
        }
    }

    @Test(arguments: [Sample.v1Info, Sample.v2Info, Sample.hybridInfo])
    func everyByteCounts(_ info: Bencoded) throws {
        let bytes = Sample.torrent(info).bytes
        let original = try Metainfo(bytes)
        for index in bytes.indices {
            for flip: UInt8 in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                var changed = bytes
                changed[index] ^= flip
                guard let metainfo = try? Metainfo(changed), original.infoRange.contains(index) else { continue }
                let isSame = metainfo.infoHashV1 == original.infoHashV1 && metainfo.infoHashV2 == original.infoHashV2
                #expect(!isSame, "byte \(index), bits \(flip)")
            }
        }
    }

    @Test func piecesOfTorrentsInAnyOrderDoNotCrash() throws {
        let bytes = Sample.torrent(Sample.hybridInfo).bytes
        var random = Generator(state: 20)
        var refused = 0
        for _ in 0..<5000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let cut = Int.random(in: 0..<changed.count, using: &random)
                let end = Int.random(in: cut...changed.count, using: &random)
                let place = Int.random(in: 0...changed.count, using: &random)
                changed.insert(contentsOf: changed[cut..<end].prefix(200), at: place)
                if changed.count > bytes.count { changed.removeFirst(changed.count - bytes.count) }
            }
            if (try? Metainfo(changed)) == nil { refused += 1 }
        }
        #expect(refused > 4900)
    }

    /// The same numbers at every run (splitmix64).
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            let a = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            let b = (a ^ (a >> 27)) &* 0x94d0_49bb_1331_11eb
            return b ^ (b >> 31)
        }
    }
}

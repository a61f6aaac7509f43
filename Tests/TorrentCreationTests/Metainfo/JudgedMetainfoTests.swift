import Testing
import TorrentCreation

/// Our reading of torrents against libtorrent's, for every shape that the judge makes.
@Suite struct JudgedMetainfoTests {
    @Test func weReadWhatLibtorrentReads() async throws {
        let scratch = try ScratchFolder()
        let verdicts = try await Judge.verdicts(in: scratch.path)
        #expect(verdicts.count > 60)
        for verdict in verdicts {
            let metainfo = try Metainfo(Array(verdict.torrent))
            let shape = Comment(rawValue: verdict.shape)
            #expect(metainfo.infoHashV1?.description == verdict.infoHashV1, shape)
            #expect(metainfo.infoHashV2?.description == verdict.infoHashV2, shape)
            #expect(metainfo.name.utf8.elementsEqual(verdict.name.utf8), shape)
            #expect(metainfo.files.map { Array($0.path.utf8) } == verdict.files.map { Array($0.path.utf8) }, shape)
            #expect(metainfo.files.map(\.length) == verdict.files.map(\.length), shape)
            #expect(metainfo.totalSize == verdict.files.reduce(0) { $0 + $1.length }, shape)
            #expect(metainfo.pieceLength == verdict.pieceLength, shape)
            #expect(metainfo.pieceCount == verdict.pieceCount, shape)
            #expect(metainfo.isPrivate == verdict.isPrivate, shape)
            #expect(metainfo.trackers == verdict.trackers, shape)
            #expect(metainfo.webSeeds == verdict.webSeeds, shape)
            #expect(metainfo.comment ?? "" == verdict.comment, shape)
            #expect(metainfo.createdBy ?? "" == verdict.createdBy, shape)
            #expect(metainfo.creationDate == verdict.creationDate, shape)
            // In version 2 padding is not written down; libtorrent makes it up when it reads.
            if metainfo.format != .v2 {
                let padding = metainfo.entries.filter(\.isPadding).reduce(0) { $0 + $1.length }
                #expect(padding == verdict.paddingSize, shape)
            }
        }
    }

    @Test func libtorrentReadsOurMagnetLinks() async throws {
        let scratch = try ScratchFolder()
        let torrents = try await Judge.verdicts(in: scratch.path)
        let links = try torrents.map { try Metainfo(Array($0.torrent)).magnetLink }
        let magnets = try await Judge.verdicts(onMagnets: links)
        #expect(magnets.count == torrents.count)
        for (torrent, magnet) in zip(torrents, magnets) {
            let shape = Comment(rawValue: torrent.shape)
            #expect(magnet.infoHashV1 == torrent.infoHashV1, shape)
            #expect(magnet.infoHashV2 == torrent.infoHashV2, shape)
            #expect(magnet.name.utf8.elementsEqual(torrent.name.utf8), shape)
            #expect(magnet.trackers == Array(torrent.trackers.joined()), shape)
        }
    }
}

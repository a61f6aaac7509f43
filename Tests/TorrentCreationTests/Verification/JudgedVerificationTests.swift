import SystemPackage
import Testing
import TorrentCreation

/// Torrents that libtorrent made of real files, against those files.
@Suite struct JudgedVerificationTests {
    @Test func everyTorrentIsFoundToBeItsFiles() async throws {
        let scratch = try ScratchFolder()
        for verdict in try await Judge.verdicts(in: scratch.path) {
            let metainfo = try Metainfo(Array(verdict.torrent))
            let asked = try CreationParameters(
                format: metainfo.format,
                isPrivate: verdict.isPrivate,
                pieceSize: verdict.pieceLength,
                comment: verdict.comment,
                source: metainfo.source ?? "",
                trackers: verdict.trackers,
                webSeeds: verdict.webSeeds
            )
            let path = FilePath(verdict.sourcePath)
            let verification = Verification(
                of: metainfo,
                against: asked,
                name: path.lastComponent?.string ?? "",
                source: .read(path, ignoringDotfiles: true)
            )
            #expect(verification.verified == Aspect.usual, Comment(rawValue: verdict.shape))
            #expect(verification.mismatches == [], Comment(rawValue: verdict.shape))
        }
    }
}

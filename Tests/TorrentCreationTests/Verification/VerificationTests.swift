import SystemPackage
import Testing
import TorrentCreation

@Suite struct VerificationTests {
    static let files: [SourceFile] = [SourceFile(path: "folder/b", size: 16), SourceFile(path: "a", size: 5)]

    /// A torrent with everything set, and the parameters it was asked with.
    static let torrent: Bencoded = {
        var torrent = Sample.torrent(Sample.hybridInfo)
        torrent["info"]?["private"] = 1
        torrent["info"]?["source"] = "S"
        torrent["announce"] = "http://a/key"
        torrent["announce-list"] = [["http://a/key", "http://b"], ["udp://c:1"]]
        torrent["comment"] = "C"
        torrent["url-list"] = "http://w"
        return torrent
    }()

    static func asked(
        format: TorrentFormat = .hybrid,
        isPrivate: Bool = true,
        pieceSize: Int? = 16384,
        comment: String = "C",
        source: String = "S",
        trackers: [[String]] = [["http://a/key", "http://b"], ["udp://c:1"]],
        webSeeds: [String] = ["http://w"]
    ) throws -> CreationParameters {
        try CreationParameters(
            format: format,
            isPrivate: isPrivate,
            pieceSize: pieceSize,
            comment: comment,
            source: source,
            trackers: trackers,
            webSeeds: webSeeds
        )
    }

    static func verify(
        _ asked: CreationParameters,
        in torrent: Bencoded = torrent,
        name: String = "sample",
        source: SourceListing = .files(files)
    ) throws -> Verification {
        Verification(of: try Metainfo(torrent.bytes), against: asked, name: name, source: source)
    }

    @Test func whatWasAskedIsFound() throws {
        let verification = try Self.verify(Self.asked())
        #expect(verification.verified == Aspect.usual)
        #expect(verification.unverified == [] && verification.mismatches == [] && verification.isSound)
    }

    @Test func nothingAskedMeansNothingFound() throws {
        let verification = try Self.verify(CreationParameters(format: .v1), in: Sample.torrent(Sample.v1Info))
        #expect(verification.verified == Aspect.usual.filter { $0 != .pieceSize })
        #expect(verification.unverified == [.init(aspect: .pieceSize, reason: .leftToServer)])
        #expect(verification.isSound)
    }

    @Test func whatCannotBeLookedAtIsSaid() throws {
        let hidden = try Self.verify(Self.asked(), source: .unreadable("/data", .permissionDenied))
        let reason = Verification.Unverified.Reason.unreadable("/data", .permissionDenied)
        #expect(
            hidden.unverified == [.init(aspect: .fileNames, reason: reason), .init(aspect: .fileSizes, reason: reason)]
        )
        #expect(hidden.isSound && !hidden.verified.contains(.fileNames))
        #expect(try Self.verify(Self.asked(), source: .elsewhere).unverified.map(\.reason) == [.elsewhere, .elsewhere])
    }

    @Test(
        arguments: try [
            (Self.asked(format: .v1), .format(asked: .v1, found: .hybrid)),
            (Self.asked(isPrivate: false), .privacy(asked: false, found: true)),
            (Self.asked(pieceSize: 1 << 20), .pieceSize(asked: 1 << 20, found: 16384)),
            (Self.asked(comment: ""), .comment(asked: "", found: "C")),
            (Self.asked(comment: "c"), .comment(asked: "c", found: "C")),
            (Self.asked(source: "other"), .source(asked: "other", found: "S")),
        ] as [(CreationParameters, Mismatch)]
    )
    func eachDifferenceIsNamed(_ asked: CreationParameters, _ mismatch: Mismatch) throws {
        let verification = try Self.verify(asked)
        #expect(verification.mismatches == [mismatch])
        #expect(!verification.isSound)
        #expect(verification.verified == Aspect.usual.filter { $0 != mismatch.aspect })
    }

    @Test func aTorrentThatWasToBePrivateIsNoticed() throws {
        let asked = try CreationParameters(format: .v1, isPrivate: true)
        #expect(
            try Self.verify(asked, in: Sample.torrent(Sample.v1Info)).mismatches == [
                .privacy(asked: true, found: false)
            ]
        )
    }

    @Test func theNameIsComparedByteForByte() throws {
        var torrent = Self.torrent
        torrent["info"]?["name"] = "e\u{301}"
        #expect(
            try Self.verify(Self.asked(), in: torrent, name: "\u{e9}").mismatches
                == [.name(asked: "\u{e9}", found: "e\u{301}")]
        )
        #expect(try Self.verify(Self.asked(), in: torrent, name: "e\u{301}").isSound)
    }

    @Test func filesAreComparedByNameAndSize() throws {
        let disk = [("a", 6), ("b", 1), ("folder/c", 1)].map { SourceFile(path: $0, size: $1) }
        let verification = try Self.verify(Self.asked(), source: .files(disk))
        #expect(
            verification.mismatches == [
                .missingFile("b"), .unexpectedFile("folder/b"), .missingFile("folder/c"),
                .fileSize("a", onDisk: 6, inTorrent: 5),
            ]
        )
    }
}

import Glibc
import QBittorrentClient
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// Torrents that real servers make, judged by libtorrent.
@Suite struct MadeTorrentTests {
    /// What stands in the table as a source, and the files that are to be in its torrent.
    private struct Shape {
        let name: String
        let files: KeyValuePairs<String, Int>
    }

    /// An empty path is a source of one file.
    private static let shapes = [
        Shape(name: "one byte", files: ["": 1]),
        Shape(name: "a file + %41 & ü.bin", files: ["": 100_000]),
        Shape(name: "nested", files: ["a/b/c/d.bin": 70_000, "a/e.txt": 12, "z": 16_384, "z.d/y": 16_385]),
        Shape(name: "ünï 🧪", files: ["é": 5, "e\u{301}": 6, "日本語/日.mkv": 40_000]),
        Shape(name: "with an empty one", files: ["empty": 0, "full": 20_000, "in/void": 0]),
        Shape(name: "order", files: ["10": 10, "9": 9, "B": 3, "a": 4, "a.b": 2, "c/a": 7]),
    ]

    private func make(_ shape: Shape, in scratch: ScratchFolder) throws -> FilePath {
        for (path, size) in shape.files {
            let file = scratch.path.appending(path.isEmpty ? shape.name : "\(shape.name)/\(path)")
            try scratch.file(path.isEmpty ? shape.name : "\(shape.name)/\(path)")
            try Files.write((0..<size).map { _ in UInt8.random(in: .min ... .max) }, to: file)
        }
        return scratch.path.appending(shape.name)
    }

    @Test(arguments: RealServer.creators, TorrentFormat.allCases)
    func everyShapeInEveryFormat(version: RealServer.Version, format: TorrentFormat) async throws {
        let scratch = try ScratchFolder()
        var made: [CreatedTorrent] = []
        var sources: [FilePath] = []
        let parameters = try CreationParameters(format: format)
        try await RealServer.shared(version).signedIn { session, _ in
            let maker = try await TorrentMaker(session)
            for shape in Self.shapes {
                let source = try make(shape, in: scratch)
                made.append(try await maker.make(TorrentOrder.of(source, parameters).checked()))
                sources.append(source)
            }
        }
        let verdicts = try await Judge.verdicts(onMade: zip(made, sources).map { ($0.path, $1) })
        #expect(verdicts.count == Self.shapes.count)
        for ((shape, made), verdict) in zip(zip(Self.shapes, made), verdicts) {
            let which = Comment(rawValue: shape.name)
            #expect(made.metainfo.format == format, which)
            #expect(Set(made.verification.verified).isSuperset(of: [.fileNames, .fileSizes, .name, .privacy]), which)
            #expect(made.metainfo.infoHashV1?.description == verdict.read.infoHashV1, which)
            #expect(made.metainfo.infoHashV2?.description == verdict.read.infoHashV2, which)
            #expect(verdict.again.infoHashV1 == verdict.read.infoHashV1, which)
            #expect(verdict.again.infoHashV2 == verdict.read.infoHashV2, which)
            #expect((verdict.read.infoHashV1 != nil) == (format != .v2), which)
            #expect((verdict.read.infoHashV2 != nil) == (format != .v1), which)
            #expect(verdict.read.name.utf8.elementsEqual(shape.name.utf8), which)
            let files = Dictionary(uniqueKeysWithValues: verdict.read.files.map { (Array($0.path.utf8), $0.length) })
            let expected = shape.files.map { (Array(($0.isEmpty ? shape.name : $0).utf8), Int64($1)) }
            #expect(files == Dictionary(uniqueKeysWithValues: expected), which)
        }
    }

    @Test(arguments: RealServer.creators)
    func everyParameterIsInTheTorrent(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 300_000)
        let parameters = try CreationParameters(
            format: .v1, isPrivate: true, pieceSize: 32_768, comment: "a & b = ü\n\"q\"", source: "MARK",
            trackers: [["http://a.example/x%2By?k=1&z=2", "udp://b.example:80"], ["https://c.example/ü"]],
            webSeeds: ["http://w.example/1%20", "http://w.example/2"])
        let made = try await RealServer.shared(version).signedIn { session, _ in
            try await TorrentMaker(session).make(TorrentOrder.of(source, parameters).checked())
        }
        let verdict = try #require(try await Judge.verdicts(onMade: [(made.path, source)]).first)
        #expect(verdict.read.isPrivate)
        #expect(verdict.read.pieceLength == 32_768)
        #expect(verdict.read.comment == parameters.comment)
        #expect(verdict.read.trackers == parameters.trackers)
        #expect(Set(verdict.read.webSeeds) == Set(parameters.webSeeds))
        #expect(made.metainfo.source == "MARK")
        #expect(verdict.again.infoHashV1 == made.metainfo.infoHashV1?.description)
        #expect(Set(made.verification.verified) == Set(Aspect.usual))
        #expect(made.verification.unverified.isEmpty)
        #expect(!made.isSeeding)
    }

    @Test(arguments: RealServer.creators, [16 << 10, 1 << 20, 128 << 20])
    func pieceSizesAreAsAsked(version: RealServer.Version, pieceSize: Int) async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 40_000)
        for format in TorrentFormat.allCases {
            let parameters = try CreationParameters(format: format, pieceSize: pieceSize)
            let made = try await RealServer.shared(version).signedIn { session, _ in
                try await TorrentMaker(session).make(TorrentOrder.of(source, parameters, overwrites: true).checked())
            }
            let verdict = try #require(try await Judge.verdicts(onMade: [(made.path, source)]).first)
            #expect(verdict.read.pieceLength == pieceSize)
            #expect(!verdict.read.isPrivate)
            #expect(verdict.read.trackers.isEmpty)
        }
    }

    @Test func aServerBefore5HasNoCreator() async throws {
        try await RealServer.shared(.v4_5).signedIn { session, transport in
            let error = await #expect(throws: ServerError.self) { try await TorrentMaker(session) }
            #expect(error?.code == .tooOld(needs: WebAPIVersion(2, 11, 2)))
            #expect(transport.endpoints == ["app/version", "auth/login", "app/webapiVersion"])
        }
    }
}

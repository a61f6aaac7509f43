import QBittorrentClient
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// The bytes of files against the hashes of torrents that libtorrent and real servers made of them.
@Suite(.timeLimit(.minutes(3))) struct DataCheckTests {
    /// Every shape that there is, in every format; and each with a byte turned over that is found where it lies.
    @Test func everyByteCounts() async throws {
        let scratch = try ScratchFolder()
        for verdict in try await Judge.verdicts(in: scratch.path) {
            let torrent = Array(verdict.torrent)
            let metainfo = try Metainfo(torrent)
            let source = FilePath(verdict.sourcePath)
            #expect(try await DataCheck.run(torrent, metainfo, against: source) == .sound, "\(verdict.shape)")

            let files = metainfo.files.filter { $0.length > 0 }
            guard let file = files.randomElement() else { continue }
            let isFile = (try? source.stat())?.type == .regular
            let path = isFile ? source : source.appending(file.path)
            let places = [0, file.length - 1, min(file.length - 1, Int64(metainfo.pieceLength))]
            let place = places.randomElement() ?? 0
            try Self.turnOver(path, at: place)
            let check = try await DataCheck.run(torrent, metainfo, against: source)
            try Self.turnOver(path, at: place)
            guard case .different = check else {
                Issue.record("\(verdict.shape), \(file.path), byte \(place): \(check)")
                continue
            }
            // In a torrent of version 1 alone a piece may begin in the file before.
            if metainfo.format != .v1 {
                #expect(check == .different(path: file.path, piece: Self.piece(of: place, in: file, metainfo)))
            }
        }
    }

    /// Counted in the file for version 2, in the whole torrent where there are pieces of version 1.
    private static func piece(of place: Int64, in file: MetainfoFile, _ metainfo: Metainfo) -> Int {
        let length = Int64(metainfo.pieceLength)
        guard metainfo.format == .hybrid else { return Int(place / length) }
        var start: Int64 = 0
        for entry in metainfo.entries {
            if entry == file { break }
            start += entry.length
        }
        return Int((start + place) / length)
    }

    private static func turnOver(_ path: FilePath, at place: Int64) throws {
        let file = try FileDescriptor.open(path, .readWrite)
        defer { try? file.close() }
        var byte: [UInt8] = [0]
        _ = try unsafe byte.withUnsafeMutableBytes { try unsafe file.read(fromAbsoluteOffset: place, into: $0) }
        byte[0] ^= 1
        try file.writeAll(toAbsoluteOffset: place, byte)
    }

    @Test func whatIsGoneOrShorterIsNotSound() async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source/a", size: 40_000)
        try await RealServer.shared(.v5_3).signedIn { session, _ in
            let order = try TorrentOrder.of(source.removingLastComponent()).checked()
            let made = try await TorrentMaker(session).make(order)
            let torrent = try Files.bytes(made.path)
            let root = source.removingLastComponent()
            let file = try FileDescriptor.open(source, .writeOnly)
            try file.resize(to: 39_999)
            try file.close()
            #expect(
                try await DataCheck.run(torrent, made.metainfo, against: root) == .different(path: "a", piece: 2))
            try Files.removeTree(root)
            try scratch.folder("source")
            #expect(
                try await DataCheck.run(torrent, made.metainfo, against: root)
                    == .unreadable(source, .noSuchFileOrDirectory))
        }
    }

    /// Larger than 32 bits can count, with bytes that are no zeros at the borders of pieces: a server hashes it, and so do
    /// we, and a byte at its end is found.
    @Test(arguments: RealServer.creators)
    func aLargeFileIsHashedWhole(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let size: Int64 = 5 << 30
        let source = try scratch.sparseFile("source", size: size)
        let piece: Int64 = 16 << 20
        let file = try FileDescriptor.open(source, .writeOnly)
        for number in stride(from: Int64(0), through: size / piece, by: 40) {
            let block = (0..<64).map { _ in UInt8.random(in: .min ... .max) }
            try file.writeAll(toAbsoluteOffset: max(0, min(number * piece - 32, size - 64)), block)
        }
        try file.close()
        let order = TorrentOrder(
            source: source, mapping: try PathMap().there(for: source, in: "/"),
            parameters: try CreationParameters(format: version == .v5_1 ? .v1 : .v2, pieceSize: Int(piece)),
            result: scratch.path.appending("it.torrent"), verifiesData: true)
        let made = try await RealServer.shared(version).signedIn { session, _ in
            try await TorrentMaker(session).make(order.checked())
        }
        #expect(made.verification.verified.contains(.data))
        try Self.turnOver(source, at: size - 1)
        let check = try await DataCheck.run(Files.bytes(made.path), made.metainfo, against: source)
        #expect(check == .different(path: "source", piece: Int(size / piece) - 1))
    }

    /// Written to while the server was at it: the torrent may be of either, so it is not saved.
    @Test func aSourceThatChangesMeanwhileIsNoticed() async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 40_000)
        let order = try TorrentOrder.of(source).checked()
        var disturbance = Disturbance()
        disturbance.before = { request throws(TransportError) in
            if request.endpoint == "torrentcreator/torrentFile" { try? Self.turnOver(source, at: 20_000) }
        }
        let code = try await RealServer.shared(.v5_3).signedIn(disturbance) { session, _ in
            await CreationError.code { _ = try await TorrentMaker(session).make(order) }
        }
        #expect(code == .sourceChanged)
        #expect((try? order.order.result.stat()) == nil)
    }

    /// What was hashed is not what lies there now: nothing is saved, and the file is kept to be looked at.
    @Test func aMismatchIsRejected() async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 40_000)
        let order = TorrentOrder(
            source: source, mapping: try PathMap().there(for: source, in: "/"), parameters: try CreationParameters(),
            result: scratch.path.appending("it.torrent"), verifiesData: true)
        var disturbance = Disturbance()
        disturbance.before = { request throws(TransportError) in
            if request.endpoint == "torrentcreator/torrentFile" { try? Self.turnOver(source, at: 20_000) }
        }
        let code = try await RealServer.shared(.v5_3).signedIn(disturbance) { session, _ in
            await CreationError.code { _ = try await TorrentMaker(session).make(order.checked()) }
        }
        #expect(code == .notAsAsked([.data("source", piece: 1)], kept: scratch.path.appending("it.torrent.rejected")))
        #expect((try? order.result.stat()) == nil)
    }
}

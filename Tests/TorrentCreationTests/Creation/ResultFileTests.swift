import Glibc
import QBittorrentClient
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// Where the torrent goes: looked at before anything is sent, and written whole or not at all.
@Suite struct ResultFileTests {
    private func refusal(_ order: TorrentOrder) throws -> FileError? {
        let error = #expect(throws: CreationError.self) { try order.checked() }
        guard case .cannotSave(let problem) = error?.code else { return nil }
        return problem
    }

    @Test func aResultThatIsThereIsRefused() throws {
        let scratch = try ScratchFolder()
        let (source, there) = (try scratch.file("source"), try scratch.file("source.torrent", size: 3))
        #expect(try refusal(.of(source)) == FileError(.exists, at: there))
        #expect(try TorrentOrder.of(source, overwrites: true).checked().order.overwrites)
        try Files.remove(there)
        try scratch.link("source.torrent", to: "nowhere")
        #expect(try refusal(.of(source)) == FileError(.exists, at: there))
        try Files.remove(there)
        try scratch.folder("source.torrent")
        #expect(try refusal(.of(source, overwrites: true)) == FileError(.failed(.rename, .isDirectory), at: there))
    }

    @Test func aFolderThatCannotTakeItIsKnownBeforehand() throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source")
        let missing = scratch.path.appending("missing")
        #expect(try refusal(.of(source, result: missing.appending("it"))) == FileError(.absent, at: missing))
        #expect(
            try refusal(.of(source, result: source.appending("it")))
                == FileError(.failed(.open, .notDirectory), at: source))
        // A folder in which not even root may make a file.
        let locked: FilePath = "/proc/sys"
        #expect(
            try refusal(.of(source, result: locked.appending("it")))
                == FileError(.failed(.open, .permissionDenied), at: locked))
    }

    @Test func aSourceIsLookedAtBeforehand() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path
        func code(_ source: FilePath, rules: [PathRule] = []) throws -> CreationError.Code? {
            #expect(throws: CreationError.self) {
                try TorrentOrder.of(source, rules: rules, result: path.appending("it")).checked()
            }?.code
        }
        #expect(try code(path.appending("missing")) == .sourceMissing)
        #expect(try code(scratch.file("file").appending("below")) == .sourceMissing)
        #expect(try code(scratch.link("broken", to: "nowhere")) == .sourceMissing)
        #expect(try code(scratch.folder("empty")) == .sourceEmpty)
        #expect(try code(scratch.file("void", size: 0)) == .sourceEmpty)
        #expect(try code(scratch.file("voids/void", size: 0).removingLastComponent()) == .sourceEmpty)
        #expect(try code(scratch.file("dots/.hidden").removingLastComponent()) == .sourceEmpty)
        #expect(try code("/dev/null") == .sourceEmpty)
        let pipe = path.appending("pipe")
        #expect(unsafe mkfifo(pipe.string, 0o600) == 0)
        #expect(try code(pipe) == .sourceEmpty)
        let rule = try PathRule(here: path.appending("mapped").string, there: "/elsewhere")
        let mapped = path.appending("mapped/missing")
        #expect(
            try TorrentOrder.of(mapped, rules: [rule], result: path.appending("it")).checked().order.source == mapped)
    }

    @Test(arguments: [0o644, 0o640, 0o600, 0o444] as [UInt32])
    func theModeIsAsAsked(mode: UInt32) async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.file("sample", size: 21), mode: FilePermissions(rawValue: mode))
        let parameters = try CreationParameters(format: .v1)
        let file = Sample.torrent(Sample.v1Info).bytes
        _ = try await order.verified(file, asked: parameters, .elsewhere)
        try order.save(file)
        #expect(try Files.mode(order.result) == mode)
    }

    /// Of what is being written nothing is seen under the result's name, and nothing is left beside it.
    @Test(arguments: RealServer.creators)
    func anOldResultIsReplacedWhole(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 70_000)
        let there = try scratch.file("source.torrent", size: 3)
        let order = try TorrentOrder.of(source, overwrites: true).checked()
        let before = try there.stat().inode
        try await RealServer.shared(version).signedIn { session, _ in
            _ = try await TorrentMaker(session).make(order)
        }
        #expect(try there.stat().inode != before)
        #expect(try Metainfo(Files.bytes(there)).name == "source")
        #expect(try Set(Files.all(below: scratch.path)) == [source, there])
    }
}

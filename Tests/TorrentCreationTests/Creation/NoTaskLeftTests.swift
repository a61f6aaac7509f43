import QBittorrentClient
import SecureFiles
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// However a creation ends, the server's list is as it was before: without a task of ours, with every task of others.
@Suite struct NoTaskLeftTests {
    /// A task of somebody else, which must outlive everything.
    private func withForeignTask(
        _ version: RealServer.Version, _ body: (RealServer, ScratchFolder) async throws -> Void
    ) async throws {
        let scratch = try ScratchFolder()
        try await RealServer.with(version) { real async throws in
            let foreign = try scratch.file("foreign")
            let id = try await real.signedIn { session, _ in
                try await TorrentCreator(session).addTask(CreatorRequest(sourcePath: foreign.string))
            }
            try await body(real, scratch)
            #expect(try await real.taskIDs() == [id])
        }
    }

    /// The server keeps what it has made until it is safe here.
    @Test(arguments: RealServer.creators)
    func afterSuccess(version: RealServer.Version) async throws {
        try await withForeignTask(version) { real, scratch async throws in
            let order = try TorrentOrder.of(scratch.file("source")).checked()
            let isSaved = Mutex<[Bool]>([])
            var disturbance = Disturbance()
            disturbance.before = { request throws(TransportError) in
                guard request.endpoint == "torrentcreator/deleteTask" else { return }
                isSaved.withLock { $0.append((try? order.order.result.stat()) != nil) }
            }
            try await real.signedIn(disturbance) { session, _ in
                let made = try await TorrentMaker(session).make(order)
                #expect(made.path == order.order.result)
            }
            #expect(isSaved.withLock { $0 } == [true])
        }
    }

    /// What cannot be deleted is said; once is not enough to give up.
    @Test(arguments: [1, 2])
    func aTaskThatCannotBeDeletedIsSaid(losses: Int) async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.file("source")).checked()
        try await RealServer.with(.v5_1) { real async throws in
            let left = Countdown(losses)
            var disturbance = Disturbance()
            disturbance.before = { request throws(TransportError) in
                if request.endpoint == "torrentcreator/deleteTask", left.step() { throw .unreachable(.closed) }
            }
            let said = Mutex<Set<String>>([])
            try await real.signedIn(disturbance) { session, _ in
                _ = try await TorrentMaker(session).make(order) { progress in
                    if case .taskLeft(let id) = progress { said.withLock { _ = $0.insert(id) } }
                }
            }
            let there = try await real.taskIDs()
            #expect(there.count == losses - 1)
            #expect(said.withLock { $0 } == there)
        }
    }

    /// What the server sees in place of the source: nothing, an empty folder, a file it may not read.
    enum Sight: String, CaseIterable { case nothing, emptyFolder, emptyFile }

    @Test(arguments: RealServer.creators)
    func afterAFailureOnTheServer(version: RealServer.Version) async throws {
        try await withForeignTask(version) { real, _ async throws in
            for sight in Sight.allCases { try await fail(sight, real) }
        }
    }

    private func fail(_ sight: Sight, _ real: RealServer) async throws {
        let scratch = try ScratchFolder()
        let here = try scratch.file("here/source")
        switch sight {
        case .nothing: break
        case .emptyFolder: try scratch.folder("there/source")
        case .emptyFile: try scratch.file("there/source", size: 0)
        }
        let rule = try PathRule(
            here: here.removingLastComponent().string, there: scratch.path.appending("there").string)
        let order = try TorrentOrder.of(here, rules: [rule]).checked()
        try await real.signedIn { session, transport in
            let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
            guard case .creation(.server(let words)) = code else {
                Issue.record("\(String(describing: code))")
                return
            }
            #expect(!words.isEmpty)
            #expect(transport.count(of: "torrentcreator/deleteTask") == 1)
        }
        #expect((try? order.order.result.stat()) == nil)
    }

    /// The source grows between the look at it and the hashing.
    @Test(arguments: RealServer.creators)
    func afterATorrentThatIsNotAsAsked(version: RealServer.Version) async throws {
        try await withForeignTask(version) { real, scratch async throws in
            let source = try scratch.file("source", size: 10)
            let order = try TorrentOrder.of(source).checked()
            try scratch.file("source", size: 11)
            let code = await CreationError.code {
                try await real.signedIn { session, _ in _ = try await TorrentMaker(session).make(order) }
            }
            let kept = FilePath(source.string + ".torrent.rejected")
            #expect(
                code == .notAsAsked([.fileSize("source", onDisk: 10, inTorrent: 11)], kept: kept))
            #expect(try Metainfo(Files.bytes(kept)).totalSize == 11)
            #expect((try? order.order.result.stat()) == nil)
        }
    }

    /// The answer to the fetch is cut short on its way.
    @Test func afterAFileThatIsNoTorrent() async throws {
        try await withForeignTask(.v5_3) { real, scratch async throws in
            let order = try TorrentOrder.of(scratch.file("source")).checked()
            var disturbance = Disturbance()
            disturbance.after = { request, answer throws(TransportError) in
                guard request.endpoint == "torrentcreator/torrentFile" else { return answer }
                return Response(status: 200, body: Array(answer.body.dropLast()))
            }
            try await real.signedIn(disturbance) { session, _ in
                let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
                guard case .notATorrent = code else {
                    Issue.record("\(String(describing: code))")
                    return
                }
            }
            #expect((try? order.order.result.stat()) == nil)
        }
    }

    @Test func afterAnErrorOfTheServer() async throws {
        try await withForeignTask(.v5_3) { real, scratch async throws in
            let order = try TorrentOrder.of(scratch.file("source")).checked()
            var disturbance = Disturbance()
            disturbance.after = { request, answer throws(TransportError) in
                request.endpoint == "torrentcreator/torrentFile" ? Response(status: 502) : answer
            }
            try await real.signedIn(disturbance) { session, _ in
                let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
                guard case .server(let error) = code else {
                    Issue.record("\(String(describing: code))")
                    return
                }
                #expect(error.code == .answered(status: 502, text: ""))
            }
        }
    }

    /// The result's name is taken while the server is at work.
    @Test func afterAResultThatCannotBeSaved() async throws {
        try await withForeignTask(.v5_3) { real, scratch async throws in
            let order = try TorrentOrder.of(scratch.file("source")).checked()
            try scratch.file("source.torrent", size: 3)
            try await real.signedIn { session, _ in
                let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
                guard case .cannotSave(let error) = code else {
                    Issue.record("\(String(describing: code))")
                    return
                }
                #expect(error.code == .exists)
            }
            #expect(try Files.bytes(order.order.result) == [0, 0, 0])
        }
    }

    @Test(arguments: RealServer.creators)
    func afterTheTimeIsUp(version: RealServer.Version) async throws {
        try await withForeignTask(version) { real, scratch async throws in
            let order = try TorrentOrder.of(scratch.sparseFile("source", size: 1 << 40)).checked()
            var limits = Creation.Limits()
            limits.inAll = .milliseconds(300)
            try await real.signedIn { [limits] session, _ in
                let code = await CreationError.code {
                    _ = try await TorrentMaker(session, limits: limits).make(order)
                }
                #expect(code == .creation(.tooLong(.milliseconds(300))))
            }
        }
    }
}

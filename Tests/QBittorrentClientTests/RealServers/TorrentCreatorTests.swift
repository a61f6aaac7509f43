import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct TorrentCreatorTests {
    private static let withCreator: [RealServer.Version] = [.v5_1, .v5_3]

    @Test(arguments: withCreator)
    func aTorrentComesBackAsItWasAskedFor(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await Files.scratch { folder in
            let source = folder.appending("a + b %41.txt")
            try Files.write("content", to: source)
            var request = CreatorRequest(sourcePath: source.string)
            request.format = .v1
            request.pieceSize = 32_768
            request.isPrivate = true
            request.comment = "a & b = ü"
            request.source = "SRC"
            request.trackers = [["http://a.example/x%2By?k=1&z=2", "http://b.example/"], ["http://c.example/ü"]]
            request.urlSeeds = ["http://w.example/1%20", "http://w.example/2"]
            try await real.signedIn { session, _ in
                let creator = try await TorrentCreator(session)
                let id = try await creator.addTask(request)
                let task = try await creator.ended(id)
                #expect(task.status == .finished)
                #expect(task.format == "v1" && task.pieceSize == 32_768 && task.isPrivate == true)
                #expect(task.comment == request.comment && task.source == "SRC")
                #expect(task.trackers == request.trackers)
                #expect(task.urlSeeds == request.urlSeeds)
                #expect(task.timeAdded != nil && task.timeFinished != nil && task.errorMessage == nil)
                let torrent = String(decoding: try await creator.torrentFile(id), as: UTF8.self)
                for text in request.trackers.joined() + request.urlSeeds + [request.comment, "7:privatei1e"] {
                    #expect(torrent.contains(text.contains(":p") ? text : "\(text.utf8.count):\(text)"))
                }
                let all = try await creator.tasks()
                #expect(all.contains { $0.id == id })
                try await creator.deleteTask(id)
                await #expect(throws: gone(creator, session, "status")) { try await creator.task(id) }
                await #expect(throws: gone(creator, session, "torrentFile")) { try await creator.torrentFile(id) }
                try await creator.deleteTask(id)
            }
        }
    }

    @Test(arguments: withCreator)
    func aMissingSourceFailsTheTask(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await real.signedIn { session, _ in
            let creator = try await TorrentCreator(session)
            let id = try await creator.addTask(CreatorRequest(sourcePath: "/nowhere/at all"))
            let task = try await creator.ended(id)
            #expect(task.status == .failed)
            #expect(task.errorMessage?.isEmpty == false)
            #expect(task.trackers.isEmpty && task.urlSeeds.isEmpty)
            try await creator.deleteTask(id)
        }
    }

    @Test(arguments: withCreator)
    func aFullQueueAndARunningTaskAreToldApart(version: RealServer.Version) async throws {
        try await Files.scratch { folder in
            let source = folder.appending("large")
            let file = try FileDescriptor.open(source, .writeOnly, options: [.create], permissions: .ownerReadWrite)
            try file.resize(to: 16 << 30)
            try file.close()
            try await RealServer.with(version, settings: ["TorrentCreator/Manager/MaxTasks": "1"]) { real in
                try await real.signedIn { session, _ in
                    let creator = try await TorrentCreator(session)
                    let id = try await creator.addTask(CreatorRequest(sourcePath: source.string))
                    let code = await ServerError.code { _ = try await creator.torrentFile(id) }
                    #expect(code == .unfinished)
                    #expect(await ServerError.code { _ = try await creator.addTask(.init(sourcePath: "/x")) } == .full)
                    try await creator.deleteTask(id)
                }
            }
        }
    }

    @Test func aServerWithoutItIsTooOldBeforeAnythingIsSent() async throws {
        let real = try await RealServer.shared(.v4_5)
        try await real.signedIn { session, transport in
            let code = await ServerError.code { _ = try await TorrentCreator(session) }
            #expect(code == .tooOld(needs: WebAPIVersion(2, 11, 2)))
            #expect(transport.endpoints == ["app/version", "auth/login", "app/webapiVersion"])
        }
    }

    private func gone(_ creator: TorrentCreator, _ session: Session, _ name: String) -> ServerError {
        ServerError(.notFound, at: session.server, "torrentcreator/\(name)")
    }
}

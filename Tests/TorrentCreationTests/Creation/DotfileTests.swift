import QBittorrentClient
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// Files whose names begin with a dot. Servers before 5.3 cannot be told to take them.
@Suite struct DotfileTests {
    private func source(_ scratch: ScratchFolder) throws -> FilePath {
        for name in [".hidden", "seen", ".git/config", "in/.also", "in/seen"] { try scratch.file("source/\(name)") }
        return scratch.path.appending("source")
    }

    @Test(arguments: RealServer.creators)
    func theyAreLeftOut(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(source(scratch))
        let made = try await RealServer.shared(version).signedIn { session, _ in
            try await TorrentMaker(session).make(order.checked())
        }
        #expect(Set(made.metainfo.files.map(\.path)) == ["seen", "in/seen"])
        #expect(made.verification.verified.contains(.fileNames))
    }

    @Test func theyAreTaken() async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(source(scratch), CreationParameters(ignoreDotfiles: false))
        let made = try await RealServer.shared(.v5_3).signedIn { session, _ in
            try await TorrentMaker(session).make(order.checked())
        }
        #expect(Set(made.metainfo.files.map(\.path)) == [".hidden", "seen", ".git/config", "in/.also", "in/seen"])
        #expect(made.verification.verified.contains(.fileNames))
    }

    @Test(arguments: [true, false])
    func anOlderServerIsNotAskedForThem(isFolder: Bool) async throws {
        let scratch = try ScratchFolder()
        let source = try isFolder ? source(scratch) : scratch.file(".dotfile")
        let order = try TorrentOrder.of(source, CreationParameters(ignoreDotfiles: false)).checked()
        try await RealServer.shared(.v5_1).signedIn { session, transport in
            let maker = try await TorrentMaker(session)
            let before = transport.endpoints
            let code = await CreationError.code { _ = try await maker.make(order) }
            guard case .server(let error) = code else {
                Issue.record("\(String(describing: code))")
                return
            }
            #expect(error.code == .tooOld(needs: WebAPIVersion(2, 16)))
            #expect(transport.endpoints == before)
        }
    }

    @Test func oneOfThemMayBeTheSource() async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file(".dotfile")
        #expect(throws: CreationError.self) { try TorrentOrder.of(source).checked() }
        let order = try TorrentOrder.of(source, CreationParameters(ignoreDotfiles: false)).checked()
        let made = try await RealServer.shared(.v5_3).signedIn { session, _ in
            try await TorrentMaker(session).make(order)
        }
        #expect(made.metainfo.files.map(\.path) == [".dotfile"])
    }

    @Test func anOlderServerWillDoWhereThereAreNone() async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file(".source/seen").removingLastComponent()
        let order = try TorrentOrder.of(source, CreationParameters(ignoreDotfiles: false)).checked()
        let made = try await RealServer.shared(.v5_1).signedIn { session, _ in
            try await TorrentMaker(session).make(order)
        }
        #expect(made.metainfo.files.map(\.path) == ["seen"])
    }
}

import FoundationEssentials
import TestSupport
import Testing

@testable import QBittorrentClient

/// What changes the server is done once, whatever happens to the session.
@Suite(.timeLimit(.minutes(5))) struct RepeatedChangeTests {
    /// A category that is there already is refused (409), and a task that is added twice is there twice.
    @Test(arguments: RealServer.Version.allCases)
    func fiftyChangesOnADeadSessionAreDoneOnceEach(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, transport in
                let names = Set((1...50).map { "number \($0)" })
                try await session.endOnTheServer()
                try await session.forEach(names) { name in
                    _ = try await session.accepted(.category(name))
                }
                let categories = try await session.decoded([String: Category].self, from: .get("torrents/categories"))
                #expect(Set(categories.keys) == names)
                #expect(transport.count(of: "auth/login") == 2)

                guard version != .v4_5 else { return }
                let creator = try await TorrentCreator(session)
                try await session.endOnTheServer()
                try await session.forEach(names) { name in
                    var request = CreatorRequest(sourcePath: "/nowhere")
                    request.comment = name
                    _ = try await creator.addTask(request)
                }
                #expect(try await creator.tasks().map(\.comment).sorted() == names.sorted())
                #expect(transport.count(of: "auth/login") == 3)
            }
        }
    }

    private struct Category: Decodable {}
}

extension Session {
    /// Runs `body` for all at once.
    fileprivate nonisolated func forEach(
        _ names: Set<String>, _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            for name in names { group.addTask { try await body(name) } }
            try await group.waitForAll()
        }
    }
}

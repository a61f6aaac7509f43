import TestSupport
import Testing

@testable import QBittorrentClient

extension Session {
    /// Asks so many times at once, and expects every answer.
    nonisolated func expectAnswers(_ count: Int) async throws {
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...count { group.addTask { try await Application(self).version() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == count)
        #expect(Set(answers).count == 1 && answers.first?.hasPrefix("v") == true)
    }

    /// Ends this session on the server, as if somebody had it as well.
    func endOnTheServer() async throws {
        var request = Request.post("auth/logout")
        request.cookies = cookies
        let answer = try await transport.send(request)
        #expect(answer.status == 200)
    }
}

extension Request {
    /// Makes a category; the server refuses one that is there already.
    static func category(_ name: String) -> Request {
        .post("torrents/createCategory", FormBody([Field("category", name), Field("savePath", "")]))
    }
}

extension RealServer {
    /// Signs in as often as that, and never out.
    func fillSessions(_ count: Int) async throws {
        try await connected { server, transport in
            for _ in 1...count {
                try await Session(on: server, over: transport, guard: nil).signIn(with: right())
            }
        }
    }
}

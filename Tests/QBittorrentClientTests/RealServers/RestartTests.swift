import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

/// A server that is started again while it is being talked to.
@Suite(.timeLimit(.minutes(5))) struct RestartTests {
    @Test(arguments: RealServer.Version.allCases)
    func fiftyAtATimeOutliveIt(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, transport in
                let end = Flag()
                let answered = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 1...50 {
                        group.addTask {
                            var answers = 0
                            while !end.isUp {
                                _ = try await Application(session).version()
                                answers += 1
                                try await Task.sleep(for: .milliseconds(20))
                            }
                            // And once more on the server as it is in the end.
                            _ = try await Application(session).version()
                            return answers
                        }
                    }
                    // In the midst of it.
                    while transport.count(of: "app/version") < 60 { try await Task.sleep(for: .milliseconds(5)) }
                    try await real.restart()
                    end.raise()
                    return try await group.reduce(0, +)
                }
                #expect(answered >= 50)
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }

    /// Nobody can tell whether it was carried out, so it is not sent again.
    @Test(arguments: RealServer.Version.allCases)
    func aChangeInFlightIsInDoubt(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, transport in
                // Stopped, it takes what is sent and does nothing about it.
                kill(real.pid, SIGSTOP)
                let change = Task { try await session.accepted(.category("new")) }
                while try !real.hasUnreadRequest() { try await Task.sleep(for: .milliseconds(5)) }
                let questions = Task { try await session.expectAnswers(10) }
                while transport.count(of: "app/version") < 8 { try await Task.sleep(for: .milliseconds(5)) }
                kill(real.pid, SIGKILL)
                try await real.restart()
                let error = await #expect(throws: ServerError.self) { try await change.value }
                #expect(error?.isInDoubt == true)
                try await questions.value
                #expect(transport.count(of: "torrents/createCategory") == 1)
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }
}

extension RealServer {
    /// Whether the system holds bytes for the server that it has not read.
    fileprivate func hasUnreadRequest() throws -> Bool {
        let table = String(decoding: try Files.bytesToTheEnd(of: "/proc/net/tcp"), as: UTF8.self)
        let end = ":" + String(port, radix: 16, uppercase: true)
        return table.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            // Connections that stand (01), by our end; bytes to send and to read stand side by side.
            guard fields.count > 4, fields[1].hasSuffix(end), fields[3] == "01" else { return false }
            return fields[4].split(separator: ":").last.flatMap { Int($0, radix: 16) } ?? 0 > 0
        }
    }
}

private final class Flag: Sendable {
    private let state = Mutex(false)

    var isUp: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}

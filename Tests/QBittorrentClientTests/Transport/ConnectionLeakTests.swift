import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

/// A connection that has failed is given back to the system.
@Suite struct ConnectionLeakTests {
    private static let faults: [Fault] = [
        Fault(.onAccept, .reset), Fault(.onRequest, .reset), Fault(.onRequest, .close), Fault(),
        Fault { [.text(String($0.dropLast(3))), .close] }, Fault { [.text(String($0.dropLast(3)))] },
        Fault(.onRequest, .text("SSH-2.0\r\n")), Fault(.onRequest, .text("HTTP/1.1 200 "), .flood([0x78])),
        .altered { $0 + "more" }, .altered { $0.replacing("403 Forbidden", with: "503 Busy") },
    ]

    @Test func fiveHundredFaultsLeaveNoneOpen() async throws {
        let before = try Self.openFiles()
        var transports: [HTTPTransport] = []
        for fault in Self.faults {
            try await FaultyServer.with(fault, at: .probe) { faulty in
                var settings = HTTPTransport.Settings()
                settings.deadline = .milliseconds(100)
                let server = try Server(scheme: .http, host: "127.0.0.1", port: faulty.port)
                let transport = try HTTPTransport(to: server, settings)
                transports.append(transport)
                await withTaskGroup { group in
                    for _ in 1...50 { group.addTask { _ = try? await transport.send(.get("app/version")) } }
                }
                #expect(faulty.connections > 0)
            }
        }
        // Before they are closed, which would hide what a call leaves behind. A few healthy ones wait for the next call,
        // and tests beside this one have some of their own.
        #expect(try Self.openFiles() < before + 250)
        for transport in transports { await transport.close() }
    }

    private static func openFiles() throws -> Int { try Files.entries(of: "/proc/self/fd").count }
}

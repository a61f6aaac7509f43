import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// However much a server sends, it is not kept.
@Suite(.timeLimit(.minutes(5))) struct FloodTests {
    private static let floods: [(String, Fault)] = [
        ("of a body", Fault { [.text($0.with(contentLength: "1000000000000")), .flood([UInt8(ascii: "x")])] }),
        ("of chunks", Fault { [.text($0.chunked(end: "")), .flood(Array("1\r\nx\r\n".utf8))] }),
        ("of a chunk's extension", Fault { [.text($0.chunked(end: "1;")), .flood([UInt8(ascii: "x")])] }),
        ("of headers", Fault(.onRequest, .text("HTTP/1.1 200 OK\r\na: "), .flood([UInt8(ascii: "x")]))),
        ("of a first line", Fault(.onRequest, .text("HTTP/1.1 200 "), .flood([UInt8(ascii: "x")]))),
        ("of provisional answers", Fault(.onRequest, .flood(Array(FaultCase.continued.utf8)))),
        ("after the answer", Fault { [.text($0), .flood([UInt8(ascii: "x")])] }),
    ]

    @Test func doesNotFillMemory() async throws {
        let usual = try await peak(nil)
        try await withThrowingTaskGroup { group in
            for (name, fault) in Self.floods {
                group.addTask { [self] in
                    let peak = try await peak(fault)
                    // An answer of four megabytes is allowed, and is held twice for a moment.
                    #expect(peak < usual + 24_000, "a flood \(name): \(peak) KiB, and \(usual) without one")
                    #expect(peak < 100_000)
                }
            }
            try await group.waitForAll()
        }
    }

    /// The most memory that a run has held at a time, in KiB.
    private func peak(_ fault: Fault?) async throws -> Int {
        try await TestHome.with { home in
            let scene = Scene(home)
            let result = home.path.appending("peak")
            return try await FaultyServer.with(fault ?? Fault(), at: .call, times: fault == nil ? 0 : .max) { server in
                let run = try await scene.run(
                    ["check"], environment: scene.environment(impatientFor: server),
                    by: ["python3", "-c", Self.measure, result.string])
                #expect(fault != nil || run.status == 0, "\(run.error)")
                let text = String(decoding: try Files.bytes(result), as: UTF8.self)
                return try #require(Int(text))
            }
        }
    }

    private static let measure = """
        import os, resource, sys
        status = os.spawnv(os.P_WAIT, sys.argv[2], sys.argv[2:])
        open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
        sys.exit(status)
        """
}

import Glibc
import Secrets
import Synchronization
import TestSupport
import Testing

/// A password that another process puts right while a run is on its way with the old one.
@Suite struct RereadingTests {
    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func theStoreIsReadAgainBeforeARefusalIsBelieved(version: RealServer.Version) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await RealServer.with(version, settings: Relay.settings) { server in
                let (going, ready) = (Gate(), Gate())
                let hold: Relay.Action = { endpoint, point in
                    if endpoint == "auth/login", point == .asked, going.open() { ready.wait() }
                    return .passOn
                }
                try await Relay.with(before: server, hold) { relay in
                    let environment = ["QBITVAULT_URL": relay.url]
                    try await scene.makeVault()
                    let name = Secret(copying: server.username.utf8)
                    try await scene.keep("QBIT_USERNAME", name, environment)
                    try await scene.keep("QBIT_PASSWORD", scene.newSecret(), environment)
                    async let run = scene.run(["check"], environment: environment)
                    await onThread { going.wait() }
                    try await scene.keep("QBIT_PASSWORD", server.password(), environment)
                    _ = ready.open()
                    let ended = try await run
                    #expect(ended.status == 0, "\(ended.error)")
                    #expect(relay.sent("auth/login") == 2)
                    try scene.expectNoLeak(in: ended)
                }
            }
        }
    }
}

extension Scene {
    fileprivate func keep(_ name: String, _ value: consuming Secret, _ environment: [String: String]) async throws {
        try await succeed(["credential", "set", name, "--stdin"], input: value, environment: environment)
    }
}

/// Opened once; those who wait go on then.
private final class Gate: Sendable {
    private let isOpen = Mutex(false)

    /// True for the first who opens it.
    func open() -> Bool {
        isOpen.withLock { isOpen in
            defer { isOpen = true }
            return !isOpen
        }
    }

    /// Blocks until it is open.
    func wait() { while !isOpen.withLock({ $0 }) { usleep(5_000) } }
}

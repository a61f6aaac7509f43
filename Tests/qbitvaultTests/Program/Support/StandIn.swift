import Glibc
import Synchronization
import SystemPackage
import TestSupport

/// A listener on loopback that does what no real server can be made to do.
final class StandIn: Sendable {
    enum Behaviour: Sendable {
        /// Takes what is sent, and says nothing.
        case stayMute
        /// Answers every connection with these bytes, and closes.
        case answer(String)
        /// Passes everything on to this port, and back.
        case passOn(to: UInt16)
    }

    let port: UInt16
    private let socket: Int32
    private let behaviour: Behaviour
    private let taken = Mutex(0)

    var url: String { "http://127.0.0.1:\(port)" }
    /// How many connections it has taken.
    var calls: Int { taken.withLock { $0 } }

    /// Runs one for the duration of `body`.
    static func with<R>(_ behaviour: Behaviour, _ body: (StandIn) async throws -> R) async throws -> R {
        let listener = try StandIn(behaviour)
        // Ends the waiting in `serve`.
        defer { shutdown(listener.socket, Int32(SHUT_RDWR)) }
        return try await body(listener)
    }

    /// An address where nobody listens.
    static func closedURL() async throws -> String { try await with(.stayMute) { $0.url } }

    /// Waits until somebody has called.
    func expectCall() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while calls == 0 {
            guard ContinuousClock.now < deadline else { throw NobodyCalled() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    struct NobodyCalled: Error {}

    private init(_ behaviour: Behaviour) throws {
        self.behaviour = behaviour
        (socket, port) = try Loopback.listen()
        Task { [self] in await onThread { self.serve() } }
    }

    deinit { close(socket) }

    private func serve() {
        while true {
            let caller = accept(socket, nil, nil)
            guard caller >= 0 else { return }
            taken.withLock { $0 += 1 }
            Task { [behaviour] in
                await onThread {
                    Self.talk(to: caller, behaviour)
                    close(caller)
                }
            }
        }
    }

    private static func talk(to caller: Int32, _ behaviour: Behaviour) {
        switch behaviour {
        case .stayMute: Loopback.drain(caller)
        case .answer(let text):
            guard Loopback.copy(from: caller, to: nil) else { return }
            _ = try? FileDescriptor(rawValue: caller).writeAll(text.utf8)
        case .passOn(let port):
            guard let other = try? Loopback.connect(to: port) else { return }
            Loopback.join(caller, other)
            close(other)
        }
    }
}

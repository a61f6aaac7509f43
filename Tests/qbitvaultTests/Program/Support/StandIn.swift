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
        /// Passes everything on to this port, and back, but a request that holds these words: it is never answered.
        case holdBack(String, to: UInt16)
    }

    let port: UInt16
    private let socket: Int32
    private let behaviour: Behaviour
    private let crowd: Crowd?
    private let taken = Mutex(0)
    private let received = Mutex<[UInt8]>([])

    var url: String { "http://127.0.0.1:\(port)" }
    /// How many connections it has taken.
    var calls: Int { taken.withLock { $0 } }

    /// Everything that callers have sent, but for what was passed on.
    var heard: [UInt8] { received.withLock { $0 } }

    /// Runs one for the duration of `body`.
    ///
    /// - Parameter crowd: counts its callers together with those of others.
    static func with<R>(
        _ behaviour: Behaviour, crowd: Crowd? = nil, _ body: (StandIn) async throws -> R
    ) async throws -> R {
        let listener = try StandIn(behaviour, crowd)
        // Ends the waiting in `serve`.
        defer { shutdown(listener.socket, Int32(SHUT_RDWR)) }
        return try await body(listener)
    }

    /// An address where nobody listens.
    static func closedURL() async throws -> String { try await with(.stayMute) { $0.url } }

    /// Waits until somebody has called.
    func expectCall() async throws { try await expectCalls(1) }

    func expectCalls(_ count: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while calls < count {
            guard ContinuousClock.now < deadline else { throw NobodyCalled() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    struct NobodyCalled: Error {}

    private init(_ behaviour: Behaviour, _ crowd: Crowd?) throws {
        self.behaviour = behaviour
        self.crowd = crowd
        (socket, port) = try Loopback.listen()
        Task { [self] in await onThread { self.serve() } }
    }

    deinit { close(socket) }

    private func serve() {
        while true {
            let caller = accept(socket, nil, nil)
            guard caller >= 0 else { return }
            taken.withLock { $0 += 1 }
            crowd?.enter(caller)
            Task {
                await onThread {
                    self.talk(to: caller)
                    self.crowd?.leave(caller)
                    close(caller)
                }
            }
        }
    }

    private func talk(to caller: Int32) {
        switch behaviour {
        case .stayMute: while listen(to: caller) {}
        case .answer(let text):
            if listen(to: caller) { _ = try? FileDescriptor(rawValue: caller).writeAll(text.utf8) }
        case .passOn(let port):
            guard let other = try? Loopback.connect(to: port) else { return }
            Loopback.join(caller, other)
            close(other)
        case .holdBack(let words, let port):
            guard let other = try? Loopback.connect(to: port) else { return }
            Loopback.join(caller, other) { request in
                self.received.withLock { $0 += request }
                return !String(decoding: request, as: UTF8.self).contains(words)
            }
            while listen(to: caller) {}
            close(other)
        }
    }

    /// Takes what `caller` says next. False at the end.
    private func listen(to caller: Int32) -> Bool {
        let bytes = Loopback.read(caller)
        received.withLock { $0 += bytes }
        return !bytes.isEmpty
    }
}

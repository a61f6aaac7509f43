import Glibc
import Synchronization
import SystemPackage
import TestSupport

/// Stands before a real server, counts what goes through, and lets a test act at a point of a request's way.
///
/// The server must not look at the port it is called by: `Relay.settings`.
final class Relay: Sendable {
    /// How far a request has come.
    enum Point: Sendable {
        /// It is here, and not at the server.
        case asked
        /// The answer is here, and not at the caller.
        case answered
    }

    enum Order: Sendable {
        case passOn
        /// Both sides lose their connection.
        case cut
    }

    typealias Action = @Sendable (_ endpoint: String, _ point: Point) -> Order

    /// Without this the server refuses to be called by another port.
    static let settings = ["Preferences/WebUI/HostHeaderValidation": "false"]

    let port: UInt16
    private let socket: Int32
    private let target: UInt16
    private let act: Action
    private let log = Mutex(Log())

    private struct Log {
        var sent: [String] = []
        var answers: [(endpoint: String, status: String)] = []
        var late: [String] = []
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// How many requests the server has been sent, by what follows `/api/v2/`.
    func sent(_ endpoint: String) -> Int { log.withLock { $0.sent.count { $0 == endpoint } } }

    /// How many requests the server has answered with one of these statuses.
    func answered(_ endpoint: String, _ statuses: String...) -> Int {
        log.withLock { $0.answers.count { $0.endpoint == endpoint && statuses.contains($0.status) } }
    }

    /// How many requests the server has answered when their caller was gone.
    func late(_ endpoint: String) -> Int { log.withLock { $0.late.count { $0 == endpoint } } }

    /// Runs one for the duration of `body`.
    static func with<R>(
        before server: RealServer, _ act: @escaping Action = { _, _ in .passOn }, _ body: (Relay) async throws -> R
    ) async throws -> R {
        let relay = try Relay(server.port, act)
        // Ends the waiting in `serve`.
        defer { shutdown(relay.socket, Int32(SHUT_RDWR)) }
        return try await body(relay)
    }

    private init(_ target: UInt16, _ act: @escaping Action) throws {
        self.target = target
        self.act = act
        (socket, port) = try Loopback.listen()
        Task { [self] in await onThread { self.serve() } }
    }

    deinit { close(socket) }

    private func serve() {
        while true {
            let caller = accept(socket, nil, nil)
            guard caller >= 0 else { return }
            Task {
                await onThread {
                    self.talk(to: caller)
                    close(caller)
                }
            }
        }
    }

    private func talk(to caller: Int32) {
        guard let server = try? Loopback.connect(to: target) else { return }
        defer { close(server) }
        var pending: String?
        while true {
            var waiting = [caller, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard unsafe poll(&waiting, 2, -1) > 0 else { return }
            if waiting[0].revents != 0 {
                let bytes = Loopback.read(caller)
                if bytes.isEmpty, let endpoint = pending { return hearLate(from: server, endpoint) }
                if let endpoint = Self.endpoint(in: bytes) {
                    guard act(endpoint, .asked) == .passOn else { return }
                    pending = endpoint
                    log.withLock { $0.sent.append(endpoint) }
                }
                guard Self.write(bytes, to: server) else { return }
            }
            if waiting[1].revents != 0 {
                let bytes = Loopback.read(server)
                if let endpoint = pending, note(bytes, endpoint) {
                    pending = nil
                    guard act(endpoint, .answered) == .passOn else { return }
                }
                guard Self.write(bytes, to: caller) else { return }
            }
        }
    }

    /// The caller is gone, and what the server answers counts all the same.
    private func hearLate(from server: Int32, _ endpoint: String) {
        var waiting = pollfd(fd: server, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waiting, 1, 60_000) > 0 else { return }
        if note(Loopback.read(server), endpoint) { log.withLock { $0.late.append(endpoint) } }
    }

    /// - Returns: whether it is the beginning of an answer.
    private func note(_ bytes: [UInt8], _ endpoint: String) -> Bool {
        guard bytes.starts(with: Array("HTTP/1.1 ".utf8)) else { return false }
        let status = String(decoding: bytes.dropFirst(9).prefix(3), as: UTF8.self)
        log.withLock { $0.answers.append((endpoint, status)) }
        return true
    }

    /// Of a request whose head these bytes begin with. Our program sends one at a time on a connection.
    private static func endpoint(in bytes: [UInt8]) -> String? {
        let line = String(decoding: bytes.prefix(200).prefix { $0 != 13 }, as: UTF8.self)
        let words = line.split(separator: " ")
        guard words.count == 3, words[1].hasPrefix("/api/v2/") else { return nil }
        return String(words[1].dropFirst(8))
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
        !bytes.isEmpty && (try? FileDescriptor(rawValue: socket).writeAll(bytes)) != nil
    }
}

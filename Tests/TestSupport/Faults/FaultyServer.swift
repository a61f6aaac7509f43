import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A listener on loopback that answers as qBittorrent does, and at one stage does something wrong.
package final class FaultyServer: Sendable {
    package let port: Int
    private let listener: any Channel
    private let state: Mutex<State>

    private struct State {
        let fault: Fault
        let stage: Fault.Stage
        /// How many times it still happens.
        var faults: Int
        var heard: [HeardRequest] = []
        var connections = 0
        /// Whether the next thing that comes is at the stage of a fault that does not wait for a request.
        var isNext: Bool
    }

    /// Everything that was asked, in order; what was asked before a connection was taken is not in it.
    package var heard: [HeardRequest] { state.withLock { $0.heard } }
    /// How many connections it has taken.
    package var connections: Int { state.withLock { $0.connections } }

    package func count(of endpoint: String) -> Int { heard.count { $0.endpoint == endpoint } }

    /// Runs one for the duration of `body`.
    ///
    /// - Parameters:
    ///   - times: how often the fault happens. After that all is well.
    ///   - tls: nil for plain http.
    package static func with<R>(
        _ fault: Fault, at stage: Fault.Stage, times: Int = .max, tls: TLSConfiguration? = nil,
        _ body: (FaultyServer) async throws -> R
    ) async throws -> R {
        let server = try await FaultyServer(fault, stage, times, tls)
        do {
            let result = try await body(server)
            await server.stopListening()
            return result
        } catch {
            await server.stopListening()
            throw error
        }
    }

    private init(_ fault: Fault, _ stage: Fault.Stage, _ times: Int, _ tls: TLSConfiguration?) async throws {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let box = Box()
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(FaultyConnection(box))
                }
            }
            .bind(host: "127.0.0.1", port: Int(FreePort.next())).get()
        port = listener.localAddress?.port ?? 0
        state = Mutex(State(fault: fault, stage: stage, faults: times, isNext: stage == .probe))
        box.fill(self)
        if stage == .probe, fault.moment == .notListening { await stopListening() }
    }

    private func stopListening() async { try? await listener.close() }

    /// What a connection does when it is taken. Nil: it waits for a request.
    func stepsOnAccept() -> [Fault.Step]? {
        state.withLock { state in
            state.connections += 1
            guard state.fault.moment == .onAccept, state.isNext, state.faults > 0 else { return nil }
            state.faults -= 1
            return state.fault.steps(insteadOf: "")
        }
    }

    /// What is done about a request, and what must be over before: whoever gets the answer finds nobody here then.
    func steps(for request: HeardRequest) -> (steps: [Fault.Step], after: EventLoopFuture<Void>?) {
        let answer = QBittorrentImitation.answer(to: request)
        let (steps, mustClose): ([Fault.Step], Bool) = state.withLock { state in
            state.heard.append(request)
            let endpoint = state.fault.endpoint ?? request.endpoint
            let isHere = request.stage == state.stage && request.endpoint == endpoint
            if isHere, state.fault.moment == .onRequest, state.faults > 0 {
                state.faults -= 1
                return (state.fault.steps(insteadOf: answer), false)
            }
            // What does not wait for a request comes on the connection after this one.
            guard state.fault.moment != .onRequest, request.isLast(before: state.stage) else {
                return ([.text(answer)], false)
            }
            state.isNext = true
            let last = answer.replacing("connection: keep-alive", with: "connection: close")
            return ([.text(last), .close], state.fault.moment == .notListening)
        }
        return (steps, mustClose ? listener.close() : nil)
    }

    /// Lets connections find the server, which is there before any of them.
    final class Box: Sendable {
        private let server = Mutex<FaultyServer?>(nil)

        func fill(_ server: FaultyServer) { self.server.withLock { $0 = server } }
        var content: FaultyServer? { server.withLock { $0 } }
    }
}

extension HeardRequest {
    fileprivate func isLast(before stage: Fault.Stage) -> Bool {
        switch stage {
        case .probe: false
        case .login: self.stage == .probe
        case .call: self.stage == .login
        case .logout: self.stage == .call && endpoint == "app/version"
        }
    }
}

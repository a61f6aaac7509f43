import Glibc
import NIOCore
import NIOPosix

/// How far a server can be reached, step by step, without a word being said to it.
package struct Reach: Sendable {
    /// What is called: the server, or the proxy on the way to it.
    package let host: String
    package let port: Int
    /// Whether it is the proxy.
    package let isProxy: Bool
    private let limit: Duration

    package init(to server: Server, _ settings: HTTPTransport.Settings) {
        let proxy = server.isLoopback ? nil : settings.proxy
        host = proxy?.address.host ?? server.host
        port = proxy?.address.port ?? server.port
        isProxy = proxy != nil
        limit = settings.connectTimeout
    }

    /// Whether the host is an address already, so that nobody is asked for one.
    package var isAddress: Bool { Host.isAddress(host) }

    /// The addresses that the host's name has, in the order in which they are tried.
    ///
    /// - Throws: `.unreachable(.unknownHost)`, or `.unreachable(.connectTimedOut)` where nobody tells in time.
    package func addresses() async throws(TransportError) -> [String] {
        if isAddress { return [host] }
        // Not waited for when its time is over: the resolver knows no end but its own.
        let loop = HTTPTransport.loop.any()
        let found = loop.makePromise(of: [String].self)
        let name = host
        NIOThreadPool.singleton.submit { _ in
            let addresses = Self.resolve(name)
            loop.execute { found.succeed(addresses) }
        }
        let end = loop.scheduleTask(in: TimeAmount(limit)) {
            found.fail(TransportError.unreachable(.connectTimedOut))
        }
        defer { end.cancel() }
        let addresses: [String]
        do { addresses = try await found.futureResult.get() } catch { throw TransportError(error, limit: 0) }
        if addresses.isEmpty { throw .unreachable(.unknownHost) }
        return addresses
    }

    /// Connects to the first of the addresses that takes it, and hangs up.
    package func connect(to addresses: [String]) async throws(TransportError) -> String {
        var reason = TransportError.unreachable(.unknownHost)
        for address in addresses {
            do {
                let channel = try await ClientBootstrap(group: HTTPTransport.loop.next())
                    .connectTimeout(TimeAmount(limit))
                    .connect(to: try SocketAddress(ipAddress: address, port: port)).get()
                channel.close(promise: nil)
                return address
            } catch { reason = TransportError(error, limit: 0) }
        }
        throw reason
    }

    /// By getaddrinfo(3), in its order and each once; nothing where the name has none.
    private static func resolve(_ name: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { unsafe freeaddrinfo(first) }
        var addresses: [String] = []
        var next = unsafe first
        while let entry = unsafe next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let told = unsafe getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if told == 0, !addresses.contains(address) { addresses.append(address) }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }
}

import Glibc
import SystemPackage
import TestSupport

/// Sockets of this machine alone.
enum Loopback {
    /// A socket that listens at a free port, which nobody else takes when it is closed.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        // Another process may take the port between the look and this.
        for _ in 0..<20 {
            let socket = try made()
            let port = FreePort.next()
            var address = address(at: port)
            if unsafe bind(socket, &address, size) == 0, Glibc.listen(socket, 64) == 0 { return (socket, port) }
            let code = errno
            close(socket)
            guard code == EADDRINUSE else { throw Errno(rawValue: code) }
        }
        throw Errno.addressInUse
    }

    static func connect(to port: UInt16) throws -> Int32 {
        let socket = try made()
        var address = address(at: port)
        guard unsafe Glibc.connect(socket, &address, size) == 0 else {
            close(socket)
            throw Errno(rawValue: errno)
        }
        return socket
    }

    /// Carries bytes both ways until one side ends, or `one` says something that may not pass.
    static func join(_ one: Int32, _ other: Int32, where passes: ([UInt8]) -> Bool = { _ in true }) {
        while true {
            var waiting = [pollfd(fd: one, events: Int16(POLLIN), revents: 0)]
            waiting.append(pollfd(fd: other, events: Int16(POLLIN), revents: 0))
            guard unsafe poll(&waiting, 2, -1) > 0 else { return }
            if waiting[0].revents != 0, !copy(from: one, to: other, where: passes) { return }
            if waiting[1].revents != 0, !copy(from: other, to: one) { return }
        }
    }

    /// What there is to read; nothing at the end.
    static func read(_ socket: Int32) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { room, count in
            count = max(0, unsafe Glibc.read(socket, room.baseAddress, room.count))
        }
    }

    /// Whether the other side has ended it, and nothing is left to read.
    static func isHungUp(_ socket: Int32) -> Bool {
        var byte: UInt8 = 0
        return unsafe recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0
    }

    private static func copy(
        from source: Int32, to target: Int32, where passes: ([UInt8]) -> Bool = { _ in true }
    ) -> Bool {
        let bytes = read(source)
        return !bytes.isEmpty && passes(bytes) && (try? FileDescriptor(rawValue: target).writeAll(bytes)) != nil
    }

    private static func made() throws -> Int32 {
        // Closed in the programs that tests start meanwhile.
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Errno(rawValue: errno) }
        return socket
    }

    private static let size = socklen_t(MemoryLayout<sockaddr>.size)

    /// 127.0.0.1, where port and address stand in the order of networks.
    private static func address(at port: UInt16) -> sockaddr {
        var address = sockaddr()
        address.sa_family = sa_family_t(AF_INET)
        address.sa_data.0 = CChar(truncatingIfNeeded: port >> 8)
        address.sa_data.1 = CChar(truncatingIfNeeded: port)
        (address.sa_data.2, address.sa_data.5) = (127, 1)
        return address
    }
}

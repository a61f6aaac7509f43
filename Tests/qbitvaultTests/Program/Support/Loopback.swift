import Glibc
import SystemPackage

/// Sockets of this machine alone.
enum Loopback {
    /// A socket that listens at a free port.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        let socket = try made()
        var address = address(at: 0)
        guard unsafe bind(socket, &address, size) == 0, Glibc.listen(socket, 64) == 0 else {
            throw Errno(rawValue: errno)
        }
        var count = size
        guard unsafe getsockname(socket, &address, &count) == 0 else { throw Errno(rawValue: errno) }
        // The port stands in the first two bytes of the address, as networks write it.
        return (socket, UInt16(UInt8(bitPattern: address.sa_data.0)) << 8 | UInt16(UInt8(bitPattern: address.sa_data.1)))
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

    /// Reads until the other side has no more to say.
    static func drain(_ socket: Int32) { while copy(from: socket, to: nil) {} }

    /// Carries bytes both ways until one side ends.
    static func join(_ one: Int32, _ other: Int32) {
        while true {
            var waiting = [pollfd(fd: one, events: Int16(POLLIN), revents: 0)]
            waiting.append(pollfd(fd: other, events: Int16(POLLIN), revents: 0))
            guard unsafe poll(&waiting, 2, -1) > 0 else { return }
            if waiting[0].revents != 0, !copy(from: one, to: other) { return }
            if waiting[1].revents != 0, !copy(from: other, to: one) { return }
        }
    }

    /// Reads what there is, and writes it to `target`, if there is one. False at the end.
    static func copy(from source: Int32, to target: Int32?) -> Bool {
        var room = [UInt8](repeating: 0, count: 16_384)
        let count = unsafe read(source, &room, room.count)
        guard count > 0 else { return false }
        guard let target else { return true }
        return (try? FileDescriptor(rawValue: target).writeAll(room.prefix(count))) != nil
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

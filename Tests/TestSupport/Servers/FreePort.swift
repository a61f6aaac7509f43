import Glibc
import Synchronization

/// Ports of loopback that nobody listens at.
package enum FreePort {
    /// Below the range that the kernel takes the ports of outgoing connections from, beside the one that
    /// `scripts/qbittorrent-server` uses, and never the same twice.
    package static func next() -> UInt16 {
        last.withLock { last in
            repeat { last = last < 17_999 ? last + 1 : 10_000 } while !isFree(last)
            return last
        }
    }

    private static let last = Mutex(UInt16.random(in: 10_000..<18_000))

    private static func isFree(_ port: UInt16) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

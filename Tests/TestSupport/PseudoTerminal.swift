import Glibc
package import SystemPackage

/// A terminal whose keyboard and screen are the test's own.
///
/// A program, or a piece of it, gets the ``device`` end. What it does to the terminal's settings shows in ``mode``.
package final class PseudoTerminal: Sendable {
    /// The end that a program takes for a terminal.
    package let device: FileDescriptor
    /// The name that leads to the same end.
    package let path: FilePath
    private let keyboard: FileDescriptor
    private let seen = SeenBytes()

    package init() throws {
        var (ours, theirs): (CInt, CInt) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        guard unsafe openpty(&ours, &theirs, &name, nil, nil) == 0 else { throw Errno(rawValue: errno) }
        for descriptor in [ours, theirs] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ours, F_SETFL, O_NONBLOCK)
        keyboard = FileDescriptor(rawValue: ours)
        device = FileDescriptor(rawValue: theirs)
        path = FilePath(platformString: name)
    }

    deinit {
        try? keyboard.close()
        try? device.close()
    }

    /// Types `text`. A carriage return is the Enter key, `\u{3}` is Ctrl-C, `\u{4}` is Ctrl-D, `\u{1a}` is Ctrl-Z.
    package func type(_ text: String) throws { try type(bytes: Array(text.utf8)) }

    package func type(bytes: some Sequence<UInt8>) throws { try keyboard.writeAll(bytes) }

    /// Everything that has been on the screen.
    package var screen: [UInt8] {
        get throws {
            var room = [UInt8](repeating: 0, count: 4096)
            while true {
                do {
                    let count = try unsafe room.withUnsafeMutableBytes { try unsafe keyboard.read(into: $0) }
                    seen.append(room.prefix(count))
                    if count > 0 { continue }
                } catch Errno.wouldBlock, Errno.ioError {
                    // Nothing more for now; or nobody has the device open any longer.
                }
                return seen.bytes
            }
        }
    }

    /// Waits until `text` has been on the screen `times` times.
    package func expect(_ text: String, times: Int = 1) async throws {
        try await eventually("“\(text)” on the screen") { try count(of: Array(text.utf8), in: screen) >= times }
    }

    /// Waits until `condition` holds, and throws ``WaitedInVain`` if it does not within half a minute.
    package func eventually(_ what: String, _ condition: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !condition() {
            guard ContinuousClock.now < deadline else {
                throw WaitedInVain(what: what, screen: String(decoding: try screen, as: UTF8.self))
            }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func count(of wanted: [UInt8], in bytes: [UInt8]) -> Int {
        bytes.indices.count { bytes[$0...].starts(with: wanted) }
    }
}

/// Something did not happen on a terminal.
package struct WaitedInVain: Error {
    package let what: String
    package let screen: String
}

import Glibc
package import SystemPackage

/// A terminal's settings at one moment.
package struct TerminalMode: Hashable, Sendable {
    private let flags: [UInt32]
    private let keys: [UInt8]

    /// The settings of the terminal that `descriptor` leads to.
    package init(of descriptor: FileDescriptor) throws {
        var settings = termios()
        guard unsafe tcgetattr(descriptor.rawValue, &settings) == 0 else { throw Errno(rawValue: errno) }
        flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
        keys = unsafe withUnsafeBytes(of: &settings.c_cc) { unsafe Array($0) }
    }

    /// Whether what is typed shows.
    package var echoes: Bool { flags[3] & UInt32(ECHO) != 0 }
}

extension PseudoTerminal {
    package var mode: TerminalMode {
        get throws { try TerminalMode(of: device) }
    }
}

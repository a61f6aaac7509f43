import CLinux
import Glibc
import SystemPackage

/// Lines at the bottom of a terminal that are drawn over themselves, and taken away before anything else is written.
struct StatusLines: Sendable {
    private let descriptor: FileDescriptor
    /// Columns of what stands there now.
    private var drawn: [Int] = []
    private var lastDrawn: ContinuousClock.Instant?

    /// Between two drawings.
    private static let pace = Duration.milliseconds(100)

    /// Nil where standard error is no terminal that can do it.
    init?(environment: (String) -> String?) {
        guard Terminal.isTerminal(.standardError), environment("TERM") != "dumb", environment("TERM") != nil else {
            return nil
        }
        descriptor = .standardError
    }

    /// Columns of the terminal at this moment.
    var width: Int {
        let width = Int(linux_terminal_width(descriptor.rawValue))
        return width > 0 ? width : 80
    }

    /// Whether it is time to draw again.
    var isDue: Bool { lastDrawn.map { $0.duration(to: .now) >= Self.pace } ?? true }

    mutating func draw(_ lines: [String]) {
        let text = erasing() + lines.joined(separator: "\n")
        drawn = lines.map(\.displayWidth)
        lastDrawn = .now
        _ = try? descriptor.writeAll(text.utf8)
    }

    mutating func erase() {
        guard !drawn.isEmpty else { return }
        let text = erasing()
        drawn = []
        _ = try? descriptor.writeAll(text.utf8)
    }

    /// Leads back to the first column of the first line, and clears all below. A terminal that has become narrower has
    /// broken the lines anew.
    private func erasing() -> String {
        guard !drawn.isEmpty else { return "" }
        let width = width
        let rows = drawn.reduce(0) { $0 + max(1, ($1 + width - 1) / width) }
        return "\r" + (rows > 1 ? "\u{1b}[\(rows - 1)A" : "") + "\u{1b}[J"
    }
}

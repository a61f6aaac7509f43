import Glibc
import SystemPackage

/// A person's keyboard and screen.
struct Terminal: Sendable {
    let input: FileDescriptor
    let output: FileDescriptor

    /// The most bytes of one line: one less than the kernel keeps, because it cuts longer lines without a word.
    static let longestLine = 4094

    static func isTerminal(_ descriptor: FileDescriptor) -> Bool { isatty(descriptor.rawValue) == 1 }

    /// Whether this process is the one that has the terminal now: not stopped, and not in the background of a shell.
    static func isInForeground(_ descriptor: FileDescriptor) -> Bool { tcgetpgrp(descriptor.rawValue) == getpgrp() }

    /// The terminal that this process belongs to, wherever standard input and output lead; else standard input, if it
    /// is a terminal.
    static func withControlling<R: ~Copyable>(
        _ body: (Terminal) throws(PromptError) -> R
    ) throws(PromptError) -> R {
        guard let device = try? FileDescriptor.open(FilePath("/dev/tty"), .readWrite, options: .closeOnExec) else {
            guard isTerminal(.standardInput) else { throw PromptError(.noTerminal) }
            return try body(Terminal(input: .standardInput, output: .standardError))
        }
        defer { try? device.close() }
        return try body(Terminal(input: device, output: device))
    }

    func write(_ text: String) throws(PromptError) {
        do { try output.writeAll(text.utf8) } catch { throw PromptError(.failed(error as? Errno ?? .ioError)) }
    }

    /// Reads one line into `room`, and returns how many bytes it has without its newline.
    ///
    /// - Parameter wait: returns when there is something to read.
    func readLine(
        into room: UnsafeMutableRawBufferPointer, wait: () throws(PromptError) -> Void = {}
    ) throws(PromptError) -> Int {
        var used = 0
        while used < room.count {
            try wait()
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[used...])
            let count: Int
            do { count = try unsafe input.read(into: rest) } catch {
                let reason = error as? Errno ?? .ioError
                throw PromptError(reason == .ioError ? .endOfInput : .failed(reason))
            }
            if count == 0 && used == 0 { throw PromptError(.endOfInput) }
            used += count
            if unsafe count == 0 || room[used - 1] == UInt8(ascii: "\n") { break }
        }
        if unsafe used > 0 && room[used - 1] == UInt8(ascii: "\n") { used -= 1 }
        guard used <= Self.longestLine else { throw PromptError(.tooLong(limit: Self.longestLine)) }
        return used
    }
}

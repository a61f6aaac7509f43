import Glibc
import SystemPackage

/// Read byte by byte, because whoever writes waits for an answer after each line.
enum StandardInput {
    static func line() -> [UInt8]? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe read(STDIN_FILENO, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return bytes }
            bytes.append(byte)
        }
        return nil
    }

    static func number() -> Int? { line().flatMap { Int(String(decoding: $0, as: UTF8.self)) } }
}

enum StandardOutput {
    static func line(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let line = "\(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)\n"
        _ = try? FileDescriptor.standardOutput.writeAll(line.utf8)
    }
}

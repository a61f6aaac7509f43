import CLinux
import Glibc
import Secrets
import SystemPackage

/// Becoming another program.
enum Replacement {
    /// Replaces this process by `command`, with two variables added to its environment: straight from guarded memory,
    /// never as text.
    ///
    /// - Parameter first: `NAME=value` with a zero byte at the end; so is `second`.
    /// - Returns: the error number, and only if there is one.
    static func run(_ command: [String], adding first: borrowing Secret, _ second: borrowing Secret) -> Int32 {
        Hardening.restore()
        return unsafe first.withUnsafeBytes { first in
            unsafe second.withUnsafeBytes { second in
                var variables = unsafe inherited()
                unsafe variables.append(writable(first))
                unsafe variables.append(writable(second))
                unsafe variables.append(nil)
                var arguments: [UnsafeMutablePointer<CChar>?] = unsafe command.map { unsafe strdup($0) }
                unsafe arguments.append(nil)
                return unsafe execute(arguments, variables)
            }
        }
    }

    /// The signature of `exec` asks for it; nothing is written.
    private static func writable(_ text: UnsafePointer<UInt8>) -> UnsafeMutablePointer<CChar> {
        unsafe UnsafeMutableRawPointer(mutating: text).assumingMemoryBound(to: CChar.self)
    }

    private static func execute(
        _ arguments: [UnsafeMutablePointer<CChar>?], _ variables: [UnsafeMutablePointer<CChar>?]
    ) -> Int32 {
        guard let program = unsafe arguments[0] else { return ENOENT }
        _ = unsafe linux_execute(program, arguments, variables)
        return errno
    }

    /// Our environment without what is about to be set.
    private static func inherited() -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            if unsafe !isReplaced(variable) { unsafe variables.append(variable) }
            unsafe next += 1
        }
        return unsafe variables
    }

    private static func isReplaced(_ variable: UnsafeMutablePointer<CChar>) -> Bool {
        ["QBIT_USERNAME", "QBIT_PASSWORD", "QBIT_USERNAME_FILE", "QBIT_PASSWORD_FILE"].contains { name in
            unsafe strncmp(variable, name + "=", name.utf8.count + 1) == 0
        }
    }
}

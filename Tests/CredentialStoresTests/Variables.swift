import Glibc

/// An environment of a test's own, because the process has one and tests run side by side.
@safe
final class Variables: @unchecked Sendable {
    private let strings: [String: UnsafeMutablePointer<CChar>]

    init(_ variables: [String: String]) { unsafe strings = variables.compactMapValues { unsafe strdup($0) } }

    subscript(name: String) -> UnsafePointer<CChar>? { unsafe strings[name].map { unsafe UnsafePointer($0) } }

    deinit { unsafe strings.values.forEach { unsafe free($0) } }
}

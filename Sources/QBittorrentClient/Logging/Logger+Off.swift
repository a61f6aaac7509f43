package import Logging

extension Logger {
    /// Says nothing, and costs nothing.
    ///
    /// What a logger of this module is told, by level: what is done (`info`), each request (`debug`), the headers of
    /// each (`trace`). No secret, cookie or body is in any of it, and no text of an error that comes from a library.
    package static let off = Logger(label: "off") { _ in SwiftLogNoOpLogHandler() }
}

import Logging
import QBittorrentClient
import SystemPackage

/// Writes what is logged to standard error, a line each. Where several servers are worked on, a logger's metadata names
/// its own as `server`.
struct StandardErrorLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let isColored: Bool

    /// - Parameter verbosity: how often `-v` was said.
    static func logger(verbosity: Int, isColored: Bool) -> Logger {
        guard verbosity > 0 else { return .off }
        let level: Logger.Level = verbosity == 1 ? .info : verbosity == 2 ? .debug : .trace
        return Logger(label: "qbitvault") { _ in StandardErrorLog(logLevel: level, isColored: isColored) }
    }

    func log(event: LogEvent) {
        let place = metadata["server"].map { "\($0): " } ?? ""
        let line = "qbitvault: \(place)\(event.message)".printable
        // In one call, so that lines of several servers do not mix.
        let text = isColored ? "\u{1b}[2m\(line)\u{1b}[0m\n" : line + "\n"
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}

extension ColorChoice {
    func isColored(environment: (String) -> String?) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            Terminal.isTerminal(.standardError) && (environment("NO_COLOR") ?? "").isEmpty
                && environment("TERM") != "dumb"
        }
    }
}

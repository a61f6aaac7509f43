extension Problem {
    /// The same, where the server is one that has a name: what to do next is about that one, too.
    func about(_ serverName: String?) -> Problem {
        Problem(status, what, at: place, next: next.map { Self.advice($0, about: serverName) })
    }

    /// An advice that names the server, where that is not the usual one.
    static func advice(_ next: String, about serverName: String?) -> String {
        guard let serverName, serverName != ServerName.usual, !next.contains("--server") else { return next }
        return commands.reduce(next) { text, command in
            text.replacing("qbitvault \(command)", with: "qbitvault \(command) --server \(serverName)")
        }
    }

    /// Those that work on one server and stand in an advice.
    private static let commands = [
        "setup", "check", "credential set", "credential bind", "trust add", "trust show", "trust remove",
    ]
}

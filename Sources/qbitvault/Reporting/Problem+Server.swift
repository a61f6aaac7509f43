extension Problem {
    /// The same, where the server is one that has a name: what to do next is about that one, too.
    func about(_ serverName: String?) -> Problem {
        guard let serverName, serverName != ServerName.usual, let next, !next.contains("--server") else { return self }
        let named = Self.commands.reduce(next) { text, command in
            text.replacing("qbitvault \(command)", with: "qbitvault \(command) --server \(serverName)")
        }
        return Problem(status, what, at: place, next: named)
    }

    /// Those that work on one server and stand in an advice.
    private static let commands = [
        "setup", "check", "credential set", "credential bind", "trust add", "trust show", "trust remove",
    ]
}

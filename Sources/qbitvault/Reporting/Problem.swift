import QBittorrentClient

/// What went wrong, as a person is told: what happened, where, and what to do next. Never a secret.
struct Problem: Error, Hashable, Sendable {
    let status: ExitStatus
    let what: String
    /// A server, file, line, source or option. Nil where `what` says it.
    let place: String?
    let next: String?

    init(_ status: ExitStatus, _ what: String, at place: String? = nil, next: String? = nil) {
        self.status = status
        self.what = what
        self.place = place
        self.next = next
    }

    /// The same, told by who has done what was asked and could not record the choice of the store.
    func comingAfter(_ deed: String) -> Problem {
        Problem(
            status, "\(deed), but the choice of the store could not be recorded. \(what)", at: place,
            next: "put that right, then say credentials.store in the configuration")
    }

    /// The same, for words that several servers share.
    func labelled(_ name: String) -> Problem { Problem(status, "\(name): \(what)", at: place, next: next) }
}

extension Problem: CustomStringConvertible {
    var description: String {
        var lines = ["qbitvault: \(what)"]
        if let place { lines.append("  where: \(place)") }
        if let next { lines.append("  next:  \(next)") }
        return lines.map(\.printable).joined(separator: "\n") + "\n"
    }
}

extension String {
    /// Without characters that would move a terminal's cursor, change its colours or turn text around: names of files,
    /// words of servers and strangers' certificates may hold them.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.isHarmless ? $0 : "\u{fffd}" }))
    }
}

extension Problem: Encodable {
    private enum Keys: String, CodingKey { case error, status, code, what, place = "where", next }

    /// `{"error": {"status": 22, "code": "credentials_refused", "what": …, "where": …, "next": …}}`
    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Keys.self)
        var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .error)
        try inner.encode(status.rawValue, forKey: .status)
        try inner.encode(status.code, forKey: .code)
        try inner.encode(what, forKey: .what)
        try inner.encodeIfPresent(place, forKey: .place)
        try inner.encodeIfPresent(next, forKey: .next)
    }
}

extension ExitStatus {
    /// The case's name in snake case, for JSON.
    var code: String {
        "\(self)".reduce(into: "") { text, letter in
            if letter.isUppercase, let last = text.last, last.isLowercase { text.append("_") }
            text += letter.lowercased()
        }
    }
}

/// One line of the doctor's: what was looked at, how it is, and what to do next.
struct Finding: Encodable, Sendable {
    /// The first to be told stands first.
    enum Verdict: String, Encodable, CaseIterable, Sendable { case failure, warning, ok }

    /// What was looked at, such as `credentials` or `tls`. For programs, and stable.
    let check: String
    let verdict: Verdict
    let what: String
    /// What to do: some words, or words and a command. Nil where there is nothing to do.
    let next: String?
    /// What a run ends with that meets it; nil where none would end.
    let status: Int32?

    private init(_ check: String, _ verdict: Verdict, _ what: String, _ next: String?, _ status: Int32? = nil) {
        self.check = check
        self.verdict = verdict
        self.what = what
        self.next = next
        self.status = status
    }

    static func ok(_ check: String, _ what: String, next: String? = nil) -> Finding {
        Finding(check, .ok, what, next)
    }

    static func warning(_ check: String, _ what: String, next: String?) -> Finding {
        Finding(check, .warning, what, next)
    }

    static func failure(_ check: String, _ what: String, next: String?, status: Int32? = nil) -> Finding {
        Finding(check, .failure, what, next, status)
    }

    /// The same, where what to do is about a server that has a name.
    func about(_ serverName: String) -> Finding {
        Finding(check, verdict, what, next.map { Problem.advice($0, about: serverName) }, status)
    }

    /// What ends a run.
    static func failure(_ check: String, _ problem: Problem) -> Finding {
        let place = problem.place.map { "\($0): " } ?? ""
        return Finding(check, .failure, place + problem.what, problem.next, problem.status.rawValue)
    }
}

extension Finding: CustomStringConvertible {
    var description: String {
        let mark = verdict.rawValue + String(repeating: " ", count: 9 - verdict.rawValue.count)
        let status = status.map { " (\($0))" } ?? ""
        let next = next.map { "\(what.hasSuffix(".") ? "" : ".") Next: \($0)" } ?? ""
        return (mark + "\(check)\(status): \(what)\(next)").replacing("\n", with: " ").printable
    }
}

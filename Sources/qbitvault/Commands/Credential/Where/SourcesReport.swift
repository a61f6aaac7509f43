/// What each source says for some names, strongest first.
struct SourcesReport: ServerFinding, CustomStringConvertible {
    let names: [Name]
    /// Only where all that signs in is asked for.
    let signIn: SignInReport?

    private enum CodingKeys: String, CodingKey { case names, signIn = "sign_in" }

    static let columns = ["who answers"]

    var cells: [String] { [names.map(\.answer).joined(separator: "; ")] }

    struct Name: Encodable, Sendable {
        let name: String
        let sources: [Row]

        /// In one line.
        var answer: String {
            for (verdict, words) in [(Row.Verdict.answers, "from"), (.fails, "fails:")] {
                if let row = sources.first(where: { $0.verdict == verdict }) {
                    return "\(name) \(words) \(row.source)"
                }
            }
            return sources.contains { $0.verdict == .hidden } ? "\(name) hidden" : "no \(name)"
        }
    }

    struct Row: Encodable, Sendable {
        enum Verdict: String, Encodable, Sendable { case answers, hidden, absent, fails }

        let source: String
        let verdict: Verdict
        /// Why it passes, what hides it, or what the vault was opened by; nil where nothing is to be said.
        let why: String?
        /// Of a source that fails.
        let problem: String?
        /// What a run ends with that needs it.
        let status: Int32?
    }

    var description: String {
        let lines = names.flatMap { name in [name.name] + name.sources.map { "  \($0.line)" } }
        return (lines + (signIn.map { [$0.sentence] } ?? [])).joined(separator: "\n")
    }
}

extension SourcesReport.Row {
    fileprivate var line: String {
        let reason = problem.map { words in "\(words) Exit status \(status ?? 1)." } ?? why
        return "\(verdict.rawValue): \(source)\(reason.map { " (\($0))" } ?? "")"
    }
}

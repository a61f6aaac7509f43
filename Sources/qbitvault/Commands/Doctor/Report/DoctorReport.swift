/// Everything that the doctor has found, failures first.
struct DoctorReport: Encodable, CustomStringConvertible {
    /// The surrounding that was replayed: `cron`, `systemd` or `docker`.
    let surrounding: String?
    /// What that is.
    private let heading: String?
    let findings: [Finding]

    private enum CodingKeys: String, CodingKey { case surrounding = "as", findings = "checks", failures, warnings }

    init(_ findings: [Finding], as surrounding: String? = nil, heading: String? = nil) {
        self.surrounding = surrounding
        self.heading = heading
        // In the order that they were looked at, which is that of their use.
        self.findings = Finding.Verdict.allCases.flatMap { verdict in findings.filter { $0.verdict == verdict } }
    }

    private func count(_ verdict: Finding.Verdict) -> Int { findings.count { $0.verdict == verdict } }

    /// Nil where nothing has failed.
    var problem: Problem? {
        let failed = findings.filter { $0.verdict == .failure }
        guard let first = failed.first else { return nil }
        return Problem(
            .doctorFoundFailures,
            failed.count == 1 ? "One thing will not work." : "\(failed.count) things will not work.",
            at: failed.map(\.check).joined(separator: ", "), next: first.next ?? "its line says why")
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encodeIfPresent(surrounding, forKey: .surrounding)
        try fields.encode(findings, forKey: .findings)
        try fields.encode(count(.failure), forKey: .failures)
        try fields.encode(count(.warning), forKey: .warnings)
        try problem?.encode(to: encoder)
    }

    var description: String { ((heading.map { [$0] } ?? []) + findings.map(\.description)).joined(separator: "\n") }
}

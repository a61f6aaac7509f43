import CredentialStores

/// What `vault verify` found: a line for each thing that was looked at.
struct VaultVerifyReport: Encodable, CustomStringConvertible {
    let vault: String
    let sound: Bool
    let checks: [Row]
    let fingerprint: String?
    let generation: UInt64?
    let entries: Int?

    struct Row: Encodable {
        let check: String
        /// `ok`, `warning` or `failed`.
        let result: String
        let detail: String
        /// Of one that failed.
        let status: Int32?
        let next: String?
    }

    init(_ found: VaultVerification, of path: String) {
        vault = path
        sound = found.failure == nil
        checks = found.checks.map { Row($0, found) }
        fingerprint = found.facts?.fingerprint
        generation = found.facts?.generation
        entries = found.entries
    }

    var description: String {
        checks.map { row in
            let mark = row.result == "failed" ? "FAILED" : row.result
            let padding = String(repeating: " ", count: max(0, 8 - mark.count))
            return "\(mark)\(padding) \(row.check): \(row.detail)".printable
        }.joined(separator: "\n")
    }
}

extension VaultVerifyReport.Row {
    fileprivate init(_ check: VaultCheck, _ found: VaultVerification) {
        switch check.finding {
        case .sound: self.init(check.subject.name, "ok", check.subject.praise(found))
        case .absent: self.init(check.subject.name, "ok", check.subject.location + "not there")
        case .warning(let warning): self.init(check.subject.name, "warning", check.subject.location + warning.sentence)
        case .failed(let error):
            let problem = Problem(error)
            self.init(
                check.subject.name, "failed", check.subject.location + problem.what, status: problem.status.rawValue,
                next: problem.next)
        }
    }

    private init(_ check: String, _ result: String, _ detail: String, status: Int32? = nil, next: String? = nil) {
        (self.check, self.result, self.detail, self.status, self.next) = (check, result, detail, status, next)
    }
}

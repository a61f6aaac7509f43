import CredentialStores

/// What each place had to say where a key was looked for, strongest first.
struct KeyReport: Encodable {
    private let rows: [Row]

    init(_ findings: [KeyFinding]) { rows = findings.map(Row.init) }

    func encode(to encoder: any Encoder) throws { try rows.encode(to: encoder) }

    var lines: [String] {
        let width = rows.map(\.finding.source.name.count).max() ?? 0
        let lines = rows.map { row in
            let name = row.finding.source.name
            let gap = String(repeating: " ", count: width - name.count)
            return "  \(name)\(gap)  \(row.words)"
        }
        if rows.contains(where: { $0.finding.verdict.isTheEnd }) { return lines }
        return lines + ["  so there is no key: what needs one ends with \(ExitStatus.vaultCannotBeOpened.rawValue)"]
    }

    /// `{"source": …, "where": …, "verdict": …}`, with the slot that it opens or the error that it gives.
    private struct Row: Encodable {
        let finding: KeyFinding

        private enum Keys: String, CodingKey { case source, place = "where", verdict, slot }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Keys.self)
            try fields.encode(finding.source.name, forKey: .source)
            try fields.encodeIfPresent(finding.source.place?.detail, forKey: .place)
            try fields.encode(finding.verdict.code, forKey: .verdict)
            switch finding.verdict {
            case .opens(let slot): try fields.encode(slot, forKey: .slot)
            case .fails(let error): try Problem(error).encode(to: encoder)
            default: break
            }
        }

        var words: String {
            let detail = finding.source.place?.detail ?? ""
            let place = detail.isEmpty || detail == finding.source.name ? "" : "\(detail): "
            return place + finding.verdict.words(of: finding.source)
        }
    }
}

extension KeyFinding.Verdict {
    fileprivate var code: String {
        switch self {
        case .notSet: "not_set"
        case .absent: "absent"
        case .noSlotOfItsKind: "no_slot_of_its_kind"
        case .opensNoSlot: "opens_no_slot"
        case .opens: "opens"
        case .fails: "fails"
        case .asks: "asks"
        case .notReached: "not_reached"
        }
    }

    fileprivate func words(of source: KeySource) -> String {
        switch self {
        case .notSet: source.isNamed ? "not given" : source.unset
        case .absent: "nothing is there"
        case .noSlotOfItsKind: "passed over: the vault has no slot of that kind"
        case .opensNoSlot: "passed over: the vault has no slot for it"
        case .opens(let slot): "used, and opens the slot \(slot)"
        case .fails(let error):
            "used, and fails (\(Problem(error).status.rawValue)): \(Problem(error).what)"
        case .asks: "would be asked for the passphrase"
        case .notReached: "not looked at, since a stronger one counts"
        }
    }
}

extension KeySource {
    /// What it means that an unnamed one is not there.
    fileprivate var unset: String { isAPerson ? "nobody may be asked in this run" : "nothing is on record" }
}

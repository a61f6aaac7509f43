/// A unit file in the making: sections, settings with the reason for each, and only what its systemd knows.
struct UnitText {
    private(set) var lines: [String] = []
    private let version: SystemdVersion

    init(for version: SystemdVersion) { self.version = version }

    mutating func comment(_ texts: String...) { lines += texts.map { $0.isEmpty ? "#" : SystemdText.comment($0) } }

    mutating func section(_ name: String) { lines += ["", "[\(name)]"] }

    /// A setting, and why it is there.
    ///
    /// - Parameter since: the first systemd that knows it; an older one gets no such line.
    mutating func set(_ key: String, _ value: String, since: Int = 0, _ reason: String? = nil) {
        guard version.number >= since else { return }
        if let reason { comment(reason) }
        lines.append("\(key)=\(value)")
    }

    mutating func set(_ key: String, eachOf values: [String], since: Int = 0, _ reason: String? = nil) {
        guard version.number >= since, !values.isEmpty else { return }
        if let reason { comment(reason) }
        lines += values.map { "\(key)=\($0)" }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }
}

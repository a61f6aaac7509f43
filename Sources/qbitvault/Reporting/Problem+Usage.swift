import ArgumentParser

extension Problem {
    /// What the argument parser objects to. What was typed is not repeated, because somebody may have typed a secret
    /// where none belongs; the names of options are.
    init(usage error: any Error) {
        // The parser tells which command it is about in its advice alone: "See 'qbitvault check --help' for more".
        let advice = QBitVault.fullMessage(for: error).split(separator: "\n").last?.split(separator: "'")
        let help = advice.map { $0.count == 3 ? String($0[1]) : "qbitvault --help" } ?? "qbitvault --help"
        self.init(
            .usage, Self.sentence(QBitVault.message(for: error)), at: help.replacing(" --help", with: ""),
            next: "\(help) tells what it understands")
    }

    private static func sentence(_ message: String) -> String {
        let text = withoutValues(message)
        return text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
    }

    private static func withoutValues(_ message: String) -> String {
        if message.hasPrefix("Unexpected argument") || message.contains(" unexpected arguments: ") {
            return "An argument is not understood (not shown: it may be a secret)."
        }
        if message.hasPrefix("The value '"), let rest = message.ranges(of: "' is invalid").last {
            return "The value" + message[rest.lowerBound...].dropFirst().prefix { $0 != "\n" }
        }
        return String(message.prefix { $0 != "\n" })
    }
}

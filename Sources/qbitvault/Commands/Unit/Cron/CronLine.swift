import QBittorrentClient
import SystemPackage

/// One line of a crontab.
struct CronLine {
    let plan: UnitPlan
    /// The five fields.
    let fields: String
    /// Whom it runs as, where the line is for /etc/cron.d; nil in a user's own crontab.
    let user: String?

    /// - Throws: `Problem` with 64 for what cron cannot carry.
    func text() throws -> String {
        let command = try self.command()
        let comments = [
            "\(plan.words): made by `qbitvault unit cron`.",
            user == nil
                ? "For your own crontab: crontab -e"
                : "For a file of its own: /etc/cron.d/\(fileName), which belongs to root and has mode 0644.",
            "cron has hardly any environment, so all that counts is named. It needs no flock: what two runs share is locked",
            "by qbitvault itself, and the later one waits or ends with \(ExitStatus.busy.rawValue).",
        ]
        let mail =
            plan.reportsOnly
            ? "cron mails what it prints: what went wrong alone, as what went well goes nowhere."
            : "cron mails what it prints."
        let caution = plan.credentials.caution.map { [$0] } ?? []
        let lines = (comments + [mail] + caution).map { "# " + $0.printable }
        return (lines + [([fields] + (user.map { [$0] } ?? []) + [command]).joined(separator: " ")]).joined(
            separator: "\n")
    }

    /// What stands behind the fields: for `sh -c`, once cron has read its percent signs.
    func command() throws -> String {
        let variables = try (plan.settings + plan.stateVariables + (plan.credentials.key?.variables ?? []))
            .map { try "\($0.name)=\(Self.word($0.value))" }
        let words = try ([plan.program.string] + plan.arguments).map(Self.word)
        let command = (variables + words + (plan.reportsOnly ? [">/dev/null"] : [])).joined(separator: " ")
        guard command.utf8.count < Self.limit else {
            throw Problem(
                .usage,
                "The line would have \(command.utf8.count) bytes, and some crons cut it after \(Self.limit - 1).",
                at: "crontab", next: "put settings into the configuration, or the command into a script")
        }
        return command
    }

    /// A file name without a dot: cron passes others over.
    private var fileName: String { plan.name.replacing(".", with: "-") }

    /// Vixie cron's, in bytes.
    private static let limit = 1000

    /// A word in quotes where the shell needs them, and its percent signs with the backslash that cron takes away, in
    /// quotes too.
    static func word(_ text: String) throws -> String {
        if let unsound = text.unicodeScalars.first(where: { $0 == "\\" || !$0.isHarmless || $0 == "\n" }) {
            throw Problem(
                .usage,
                unsound == "\\"
                    ? "Crons do not agree on what a backslash is."
                    : "A line of a crontab cannot hold a control character.",
                at: text, next: "put the command into a script, or rename what it names")
        }
        let isPlain = !text.isEmpty && text.utf8.allSatisfy(isPlain)
        return (isPlain ? text : "'" + text.replacing("'", with: #"'"'"'"#) + "'").replacing("%", with: #"\%"#)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "@%+=:,./-_".utf8.contains(byte)
        }
    }
}

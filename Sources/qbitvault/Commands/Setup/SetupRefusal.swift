import QBittorrentClient
import SystemPackage

/// Why a configuration that is there is left as it is.
struct SetupRefusal {
    enum Reason { case nobodyThere, declined, notOurs, uncertain }

    let change: ServerChange
    /// Where it says that the server is.
    let known: Server?
    let file: FilePath

    private var section: String { change.section.joined(separator: ".") }

    var sentence: String {
        guard let known else { return "The configuration does not know \(change.name ?? "the server") yet." }
        if known == change.server { return "The configuration does not allow plain http to \(known.host) yet." }
        return "The configuration names \(known.origin), and \(change.server.origin) is to be set up."
    }

    func problem(_ reason: Reason) -> Problem {
        let line =
            known == change.server
            ? "add \(change.server.host) to allow_plain_http under \(section)"
            : "write url: \"\(change.server.origin)\" under \(section)"
        let (why, next) =
            switch reason {
            case .nobodyThere: ("It is left as it is.", "say --edit-config to have it changed, or \(line)")
            case .declined: ("It is left as it is, and nothing was done.", line)
            case .notOurs:
                ("This user cannot change it.", "have its owner \(line), or name a file of yours with --config")
            case .uncertain: ("It is written in a way that is not changed here with certainty.", line)
            }
        return Problem(.configuration, "\(sentence) \(why)", at: file.string, next: "\(next), and set up again")
    }
}

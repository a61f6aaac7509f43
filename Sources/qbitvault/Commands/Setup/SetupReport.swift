import QBittorrentClient

/// What `setup` tells.
struct SetupReport: Encodable, CustomStringConvertible {
    let server: String
    /// Nil where an API key signs in.
    let username: String?
    let proof: String
    let store: String
    let configuration: String?
    /// What was done beside keeping the credentials, and in a dry run what would be.
    let done: [String]
    /// Commands that undo all of it, in this order.
    let undo: [String]
    let isDryRun: Bool

    private enum CodingKeys: String, CodingKey {
        case server, username, proof, store, configuration, done, undo
        case isDryRun = "dry_run"
    }

    var description: String {
        var lines = [
            proof == SignIn.Proof.unproven
                ? "\(server) asks this address for no login, so nothing was proved"
                : "\(server) accepted \(username ?? "the API key")"
        ]
        if isDryRun { lines.append("nothing was kept and nothing written; without --dry-run it would") }
        lines += done.map { isDryRun ? "  \($0)" : $0 }
        if !undo.isEmpty { lines += ["to undo it, before anything else is kept there:"] + undo.map { "  \($0)" } }
        return lines.joined(separator: "\n")
    }
}

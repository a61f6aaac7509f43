/// What the answer to an anonymous `app/version` means. Never by words: the server translates them.
enum ProbeVerdict: Equatable {
    case found(Probe)
    case fails(ServerError.Code)

    init(_ answer: Response) {
        switch answer.status {
        case _ where answer.asksForAuthentication: self = .fails(.notQBittorrent(.asksForAuthentication))
        case 300...399: self = .fails(.notQBittorrent(.redirect))
        case 404: self = .fails(.notQBittorrent(.notFound))
        case 429, 500...599: self = .fails(.unexpected(answer))
        case 401 where answer.isHTML, 403 where answer.isHTML: self = .fails(.notQBittorrent(.refusedByProxy))
        case _ where answer.isHTML: self = .fails(.notQBittorrent(.html))
        case 403: self = .found(.needsLogin)
        case 401: self = .fails(.hostRefused)
        case 200 where Self.isVersion(answer.text): self = .found(.bypass)
        default: self = .fails(.notQBittorrent(.unknownAnswer))
        }
    }

    /// `v5.1.0`, and what builds of one's own may add to it.
    private static func isVersion(_ text: String) -> Bool {
        guard text.utf8.count <= 64, text.first == "v" else { return false }
        return text.dropFirst().first.map { ("0"..."9").contains($0) } ?? false
    }
}

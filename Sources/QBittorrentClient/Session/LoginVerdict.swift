/// What the answer to a login without a cookie means. Judged by status, body and cookie together: 4.5.2 and 5.1.0 answer
/// 200 to a wrong password too.
enum LoginVerdict: Sendable {
    case proven([Cookie])
    case refused
    case banned
    /// Not an answer of the login logic.
    case strange(ServerError.Code)

    /// - Parameter answer: to a login whose anonymous probe was 403, which rules out that a 401 is about the Host header.
    init(_ answer: Response) {
        switch answer.status {
        case _ where answer.asksForAuthentication: self = .strange(.notQBittorrent(.asksForAuthentication))
        case 300...399: self = .strange(.notQBittorrent(.redirect))
        // The body is left out: a proxy's error page may quote what was sent.
        case 429, 500...599: self = .strange(.answered(status: answer.status, text: ""))
        case 401 where answer.isHTML, 403 where answer.isHTML: self = .strange(.notQBittorrent(.refusedByProxy))
        case _ where answer.isHTML: self = .strange(.notQBittorrent(.html))
        case 200 where answer.text == "Fails.", 401: self = .refused
        case 403: self = .banned
        case 404: self = .strange(.notQBittorrent(.notFound))
        case 200 where answer.text == "Ok.", 204:
            self = answer.cookies.isEmpty ? .strange(.notQBittorrent(.noCookie)) : .proven(answer.cookies)
        default: self = .strange(.notQBittorrent(.unknownAnswer))
        }
    }

    /// What is remembered of it.
    ///
    /// - Parameter address: of this machine, where the login came from.
    func outcome(from address: String?) -> LoginOutcome {
        switch self {
        case .proven: .proven
        case .refused: .refused
        case .banned: .banned(address: address)
        // Nothing that hears logins answers so.
        case .strange(.notQBittorrent(.redirect)), .strange(.notQBittorrent(.asksForAuthentication)),
            .strange(.notQBittorrent(.notFound)):
            .unheard
        // A proxy may give up after the server has judged.
        case .strange: .lost
        }
    }
}

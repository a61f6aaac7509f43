import QBittorrentClient

extension Problem {
    init(_ error: ServerError) {
        self = Problem(known: error).inDoubt(error.isInDoubt)
    }

    /// The same about a change whose own answer never came, where it is about such a one.
    func inDoubt(_ isInDoubt: Bool) -> Problem {
        guard isInDoubt else { return self }
        return Problem(
            status, "\(what) Whether it did what was asked is not known.", at: place,
            next: "look on the server before trying again")
    }

    private init(known error: ServerError) {
        let place = [error.server.origin, error.endpoint].compactMap(\.self).joined(separator: " ")
        switch error.code {
        case .transport(.tls(let problem)): self.init(problem, at: place, of: error.server)
        case .transport(let problem): self.init(problem, at: place)
        case .wrongPassword:
            self.init(
                .credentialsRefused, "The server does not accept the user name or the password.", at: place,
                next: "store the right ones with `qbitvault setup`; these will not be sent again by themselves")
        case .banned(let since, let address): self.init(bannedSince: since, address, at: place)
        case .unsoundAPIKey:
            self.init(
                .secretSourceFailed, "The API key holds a line break or the like, so it was not sent.", at: place,
                next: "keep it again in one line: qbitvault credential set QBIT_API_KEY")
        case .apiKeyBesideAuthorization:
            self.init(
                .configuration, "The proxy's Authorization leaves no room for an API key: both are one header.",
                at: place, next: "set auth.method: password, or let the proxy ask in another way")
        case .wrongAPIKey:
            self.init(
                .credentialsRefused, "The server does not accept the API key, or is older than 5.2 and knows none.",
                at: place,
                next: "make a key in its Web UI settings and keep it: qbitvault credential set QBIT_API_KEY")
        case .refusedBefore(let nextTry):
            self.init(
                .refusedBefore, "The server has refused these credentials before, so they were not sent again.",
                at: place,
                next: nextTry.map { "store the right ones with `qbitvault setup`; tried again after \(Moment($0))" }
                    ?? "store the right ones with `qbitvault setup`, or say --force")
        case .lostBefore(let nextTry):
            self.init(
                .refusedBefore,
                "The last login was cut off before the server answered; it may have counted as a failure, so these "
                    + "credentials were not sent again.", at: place,
                next: "tried again after \(Moment(nextTry)); --force sends them now")
        case .attemptsExhausted(let failures, let nextTry):
            let later = nextTry.map { "; tried again after \(Moment($0))" } ?? ""
            self.init(
                .refusedBefore, "\(failures) logins have failed, and more could get this address banned.", at: place,
                next: "check the password at a terminal with `qbitvault setup`, or say --force\(later)")
        case .sessionRefused:
            self.init(
                .sessionOrHostRefused, "The server refuses the session it has just given.", at: place,
                next: "look at the server's log, and at proxies that drop cookies")
        case .authorization(let refusal): self.init(refusal, at: place)
        case .nothingToSignInWith:
            self.init(
                .sessionOrHostRefused, "The server asked this address for no login at first, and wants one by now.",
                at: place, next: "keep credentials with `qbitvault setup`, and run it again")
        case .hostRefused:
            self.init(
                .sessionOrHostRefused, "The server refuses to be called by this name or port.", at: place,
                next: """
                    call it by its own port, and let a proxy in front do so too \
                    (nginx: proxy_set_header Host $proxy_host), or set the server's allowed domains (Host header validation)
                    """)
        case .tooOld(let version):
            self.init(
                .serverTooOld, "The server is too old for this: it needs Web API \(version).", at: place,
                next: "update to qBittorrent 5.0 or later")
        case .notQBittorrent(let sign):
            self.init(.notQBittorrent, "What answers is not qBittorrent: \(sign.words).", at: place, next: sign.remedy)
        case .plainHTTPNotAllowed:
            self.init(
                .plainHTTPNotAllowed, "The password would travel over plain http, so nothing was sent.", at: place,
                next: "use https, or name the host under qbittorrent.allow_plain_http")
        case .answered(let status, let text):
            if let gateway = Gateway(rawValue: status) {
                self.init(gateway, at: place)
                return
            }
            let words = text.isEmpty ? "." : ": \(text)"
            self.init(
                .serverError, "The server answered with an error (\(status))\(words)", at: place,
                next: Self.remedy(of: status))
        case .full:
            self.init(
                .creatorQueueFull, "The server makes as many torrents as it can.", at: place, next: "try again later")
        case .unfinished, .notFound:
            self.init(
                .serverError, "The server does not know what was asked for.", at: place,
                next: "look at the server's log")
        case .torrentRefused(let refusal):
            self.init(.serverError, refusal.sentence, at: place, next: "look whether the torrent is there already")
        case .guardUnavailable(let problem): self.init(writing: problem)
        }
    }
}

extension Problem {
    private static func remedy(of status: Int) -> String {
        switch status {
        case 429: "it takes no more calls for now: try again later"
        case 503: "try again later; look at the server's log, or at the proxy's in front of it"
        default: "look at the server's log"
        }
    }
}

extension NotQBittorrent {
    var words: String {
        switch self {
        case .html: "it shows a web page"
        case .redirect: "it redirects elsewhere"
        case .asksForAuthentication: "a proxy asks for its own password"
        case .refusedByProxy: "a proxy in front lets nobody pass without signing in there"
        case .notFound: "there is nothing at that path"
        case .noCookie: "the login gave no cookie"
        case .unknownAnswer: "its answer is none that qBittorrent gives"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .notFound:
            "check host, port and base_path, and that a proxy takes the path away (nginx: proxy_pass with a slash at its end)"
        case .html, .redirect: "check host, port and base_path, and that a proxy's login page lets /api/ pass"
        case .asksForAuthentication, .refusedByProxy:
            "give what the proxy asks for under qbittorrent.headers, or let it pass /api/ on as it is"
        case .noCookie, .unknownAnswer: "check host and port, and proxies in between"
        }
    }
}

extension TorrentRefusal {
    fileprivate var sentence: String {
        switch self {
        case .duplicate: "The server has this torrent already."
        case .notATorrent: "The server does not take the file for a torrent."
        case .unexplained: "The server did not take the torrent and does not say why."
        }
    }
}

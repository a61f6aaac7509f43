import Glibc

extension Problem {
    /// A ban, as far as it can be known from here: the server says neither whom it has banned nor for how long.
    ///
    /// - Parameters:
    ///   - since: when it was first seen, in seconds since 1970.
    ///   - address: of this machine, where the login came from.
    init(bannedSince since: Int?, _ address: String?, at place: String) {
        // A reverse proxy in front of the server cannot be told from here.
        let whom = address.map { "this machine's address (\($0)), or a proxy's in between" } ?? "the proxy's address"
        let first = since ?? time(nil)
        let end = first + Self.usualBan
        let when =
            end > time(nil)
            ? "it likely ends by \(Moment(end)), an hour being the default, and with a restart of qBittorrent"
            : "it lasts longer than the usual hour, or was renewed; a restart of qBittorrent ends it"
        self.init(
            .addressBanned, "The server has banned \(whom): too many logins from there have failed, whoever sent them.",
            at: "\(place), first seen \(Moment(first))",
            next: "\(when); until then an open session or an API key still works, and waiting costs nothing")
    }

    /// In seconds.
    private static let usualBan = 3600
}

package import SecureFiles

/// Why a server did not do what was asked: what happened, where. Never a secret, never an answer's raw text.
package struct ServerError: Error, Hashable {
    package let code: Code
    package let server: Server
    /// The endpoint that was being called, such as `auth/login`; nil where it is not about one.
    package let endpoint: String?
    /// Whether it is about a change whose answer never came: nobody knows whether it was carried out.
    package internal(set) var isInDoubt = false

    package init(_ code: Code, at server: Server, _ endpoint: String? = nil) {
        self.code = code
        self.server = server
        self.endpoint = endpoint
    }

    /// Times are in seconds since 1970.
    package enum Code: Hashable, Sendable {
        /// There is no answer.
        case transport(TransportError)
        /// The server does not accept the user name or the password.
        case wrongPassword
        /// The server does not accept the API key, or is too old to know keys, and there is no password to go on with.
        case wrongAPIKey
        /// The API key holds line breaks or the like, which no header can carry, so it was not sent.
        case unsoundAPIKey
        /// An API key is to be sent, and its header is taken by what a proxy in front has asked for.
        case apiKeyBesideAuthorization
        /// The server refuses logins from this address, after too many failures of anybody there.
        /// - since: when that was first seen.
        /// - address: of this machine, where the login came from. Behind a proxy the server sees another one.
        case banned(since: Int?, address: String?)
        /// This credential was refused before, so nothing was sent.
        /// - nextTry: when it would be tried again, nil for never.
        case refusedBefore(nextTry: Int?)
        /// This credential was sent before and the answer was lost, so nothing was sent: the server may have counted it.
        /// - nextTry: when it would be tried again.
        case lostBefore(nextTry: Int)
        /// So many logins have failed since the last proven one that nothing was sent: the next may lead to a ban.
        /// - nextTry: when one would be tried all the same, nil for never.
        case attemptsExhausted(failures: Int, nextTry: Int?)
        /// The session was refused directly after a login that succeeded.
        case sessionRefused
        /// The server wants a login by now, and the session began without one.
        case nothingToSignInWith
        /// The `Authorization` header for a proxy in front is of no use.
        case authorization(AuthorizationRefusal)
        /// The server refuses the name or port that it was called by: a port mapping, a tunnel, a proxy.
        case hostRefused
        case tooOld(needs: WebAPIVersion)
        case notQBittorrent(NotQBittorrent)
        /// The password would have gone over plain http to another machine, so nothing was sent.
        case plainHTTPNotAllowed
        /// Any other answer. The text is the server's, short, of one line, without control characters.
        case answered(status: Int, text: String)
        /// The Torrent Creator takes no more tasks now.
        case full
        /// The task is waiting or running.
        case unfinished
        /// The server knows no such thing, or no such endpoint.
        case notFound
        /// The server did not take the torrent.
        case torrentRefused(TorrentRefusal)
        /// The memory of failed logins cannot be used, so nothing was sent.
        case guardUnavailable(FileError)
    }
}

/// By what an answer shows that it is not qBittorrent's: a proxy in front, a wrong base path or port.
package enum NotQBittorrent: String, Sendable {
    /// - refusedByProxy: a web page with status 401 or 403, where qBittorrent's own answers are plain text (observed).
    case html, redirect, asksForAuthentication, refusedByProxy, notFound, noCookie, unknownAnswer
}

/// Who does not accept the `Authorization` header that a proxy has asked for.
package enum AuthorizationRefusal: Hashable, Sendable {
    case proxy
    /// It was passed on to qBittorrent, which has read it as its own and counts it (from 5.2 on), or the server
    /// refuses the name or port that the proxy calls it by: the two answers are the same (observed).
    case server
    /// It was refused before, so it was not sent.
    /// - nextTry: when it would be tried again, in seconds since 1970; nil for never.
    case before(nextTry: Int?)
}

package enum TorrentRefusal: String, Sendable {
    /// It is there already.
    case duplicate
    case notATorrent
    /// The server does not say why: 4.5.2 and 5.1.0 answer so to a duplicate too (observed).
    case unexplained
}

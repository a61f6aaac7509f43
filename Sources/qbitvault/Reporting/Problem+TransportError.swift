import QBittorrentClient
import SystemPackage

extension Problem {
    init(_ error: TransportError, at place: String) {
        switch error {
        case .unreachable(let reason):
            self.init(
                .serverUnreachable, "The server cannot be reached: \(reason.words).", at: place, next: reason.remedy)
        case .tls(let problem): self.init(problem, at: place)
        case .clientCertificateUnusable(let problem): self.init(problem)
        case .timedOut:
            self.init(
                .timedOut, "The server did not answer in time.", at: place, next: "try again, or raise read_timeout")
        case .tooLarge(let limit):
            self.init(
                .notQBittorrent, "The answer is larger than \(limit) bytes.", at: place, next: "check host and port")
        case .headTooLarge:
            self.init(
                .notQBittorrent, "The head of the answer is larger than any that qBittorrent sends.", at: place,
                next: "check host and port, and proxies in between")
        case .notHTTP:
            self.init(.notQBittorrent, "What answers does not speak HTTP.", at: place, next: "check host and port")
        case .cancelled: self.init(.interrupted, "Interrupted.", at: place)
        case .proxy(let problem): self.init(problem, at: place)
        case .authoritiesUnusable(let path):
            self.init(
                .configuration, "The file of certificate authorities cannot be used.", at: path.string,
                next: "name a readable file of certificates in PEM form as ca_file")
        }
    }
}

extension Unreachable {
    var words: String {
        switch self {
        case .refused: "nobody listens there"
        case .unknownHost: "the name has no address"
        case .noRoute: "there is no way to it"
        case .connectTimedOut: "no connection in time"
        case .closed: "it closed the connection without an answer"
        case .brokenOff: "it broke off in the middle of an answer"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .refused: "start qBittorrent's Web UI, or correct host and port"
        case .unknownHost: "correct the host's name"
        case .noRoute: "check the network"
        case .connectTimedOut: "check host and port, and the firewalls in between"
        case .closed, .brokenOff: "try again; look at the server's log, and at proxies in between"
        }
    }
}

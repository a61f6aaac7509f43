/// Answers that a proxy gives in a server's stead.
enum Gateway: Int {
    case tooLarge = 413
    case upstreamDown = 502
    case upstreamMute = 504
}

extension Problem {
    init(_ gateway: Gateway, at place: String) {
        switch gateway {
        case .tooLarge:
            self.init(
                .serverError, "A request as large as this is not let through (413).", at: place,
                next: "raise the limit of the proxy in front (nginx: client_max_body_size)")
        case .upstreamDown:
            self.init(
                .serverError, "A proxy answers, and cannot reach the server behind it (502).", at: place,
                next: "start qBittorrent, or correct the address that the proxy passes requests on to")
        case .upstreamMute:
            self.init(
                .serverError, "A proxy answers, and the server behind it did not answer it in time (504).", at: place,
                next: "look what qBittorrent is busy with, or whether the proxy passes requests on to the right port")
        }
    }
}

import FoundationEssentials

/// The torrents that a server holds.
package struct Torrents: Sendable {
    /// How a torrent is added. What is not given is left to the server's settings.
    package struct Options: Hashable, Sendable {
        /// As the server sees it.
        package var savePath: String?
        package var category: String?
        package var tags: [String] = []
        /// Whether the files are believed to be whole without being read: right only for a torrent just made of them.
        package var skipsChecking = false
        /// Whether it starts at once and lies as the torrent says, whatever the server's settings are for new torrents.
        package var startsAsItIs = false

        package init() {}
    }

    private let session: Session

    package init(_ session: Session) { self.session = session }

    /// Adds a .torrent file.
    ///
    /// The answer differs by version (observed): `Ok.` or `Fails.` on 4.5.2 and 5.1.0, JSON with counts or 409 for a
    /// duplicate on 5.3.0, 415 for what is no torrent on all.
    package func add(_ torrent: [UInt8], _ options: Options = Options()) async throws(ServerError) {
        let file = UploadedFile(
            field: "torrents",
            name: "upload.torrent",
            contentType: "application/x-bittorrent",
            bytes: torrent
        )
        let request = Request.post("torrents/add", FormBody(options.fields, file: file))
        let answer = try await session.call(request)
        let code: ServerError.Code
        switch answer.status {
        case 200...299:
            if Addition(answer).isWhole { return }
            code = .torrentRefused(.unexplained)
        case 409: code = .torrentRefused(.duplicate)
        case 415: code = .torrentRefused(.notATorrent)
        case 404: code = .notFound
        default: code = .unexpected(answer)
        }
        throw ServerError(code, at: session.server, request.endpoint)
    }
}

extension Torrents.Options {
    var fields: [Field] {
        var fields: [Field] = []
        if let savePath { fields.append(Field("savepath", savePath)) }
        if let category { fields.append(Field("category", category)) }
        if !tags.isEmpty { fields.append(Field("tags", tags.joined(separator: ","))) }
        // A save path is obeyed only where the server does not manage paths by category.
        if savePath != nil { fields.append(Field("autoTMM", "false")) }
        // The second name is the one from 2.16 on, which ignores the first (observed). Older ones ignore the second.
        if skipsChecking { fields += [Field("skip_checking", "true"), Field("seedMode", "true")] }
        if startsAsItIs {
            // `paused` is what Web API 2.11 and later call `stopped`.
            fields += ["stopped", "paused"].map { Field($0, "false") }
            fields += [Field("stopCondition", "None"), Field("contentLayout", "Original")]
        }
        return fields
    }
}

/// What the server says it has added.
private struct Addition {
    private struct Counts: Decodable {
        let succeeded: Int?
        let pending: Int?
        let failed: Int?

        enum CodingKeys: String, CodingKey {
            case succeeded = "success_count"
            case pending = "pending_count"
            case failed = "failure_count"
        }
    }

    let isWhole: Bool

    init(_ answer: Response) {
        guard let counts = try? JSONDecoder().decode(Counts.self, from: Data(answer.body)) else {
            isWhole = answer.text == "Ok."
            return
        }
        isWhole = (counts.failed ?? 0) == 0 && (counts.succeeded ?? 0) + (counts.pending ?? 0) > 0
    }
}

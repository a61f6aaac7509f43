import Logging
import Secrets

extension Session {
    /// Whether the server accepts the key that is held. A wrong one is answered with 403 and never counts to a ban
    /// (observed on 5.3.0); servers before 5.2 ignore keys, which looks the same.
    ///
    /// A proxy's `Authorization` is the same header, so beside one there is no key.
    func enterByKey() async throws(ServerError) -> Bool {
        guard holdsKey, !isKeyRefused else { return false }
        guard proxyAuthorization == nil else {
            if rules.needsAPIKey || !holdsLogin { throw ServerError(.apiKeyBesideAuthorization, at: server) }
            return false
        }
        logger.info("trying the API key")
        guard let header = heldKey else { throw ServerError(.unsoundAPIKey, at: server) }
        guard try await accepts(header) else {
            isKeyRefused = true
            logger.info("the API key is not accepted")
            return false
        }
        key = header
        proof = .apiKey
        generation += 1
        logger.info("signed in by the API key")
        return true
    }

    /// Proves the key where no login is needed. There a server that ignores keys accepts any, so one that nobody can
    /// know is sent first.
    func enterByKeyUnderBypass(_ held: consuming ServerCredentials) async throws(ServerError) {
        guard held.hasAPIKey else { return }
        if proxyAuthorization != nil {
            if rules.needsAPIKey { throw ServerError(.apiKeyBesideAuthorization, at: server) }
            return
        }
        credentials = consume held
        isBehindBypass = true
        let unknown = "qbt_\(UInt64.random(in: .min ... .max))"
        if let header = SecretHeader.bearer(Secret(copying: unknown.utf8)), try await !accepts(header),
            try await enterByKey()
        {
            return
        }
        credentials = nil
        if isKeyRefused, rules.needsAPIKey { throw ServerError(.wrongAPIKey, at: server, Self.proving) }
    }

    private var holdsKey: Bool {
        switch credentials {
        case .some(let credentials): credentials.hasAPIKey
        case nil: false
        }
    }

    private var heldKey: SecretHeader? {
        switch credentials {
        case .some(let credentials):
            switch credentials.apiKey {
            case .some(let key): .bearer(key)
            case nil: nil
            }
        case nil: nil
        }
    }

    private func accepts(_ header: SecretHeader) async throws(ServerError) -> Bool {
        var request = Request.get(Self.proving)
        request.secretHeaders = [header]
        let answer = try await persist(request)
        switch answer.status {
        case 200 where WebAPIVersion(answer.text) != nil: return true
        case 403 where !answer.isHTML && !answer.asksForAuthentication: return false
        case 429, 500...: throw ServerError(.unexpected(answer), at: server, request.endpoint)
        default:
            _ = try understood(answer, request.endpoint)
            let isHTML = answer.isHTML
            throw ServerError(.notQBittorrent(isHTML ? .html : .unknownAnswer), at: server, request.endpoint)
        }
    }

    private static let proving = "app/webapiVersion"
}

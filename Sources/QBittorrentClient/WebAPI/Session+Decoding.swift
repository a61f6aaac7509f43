import FoundationEssentials

extension Session {
    /// Sends a request whose answer is JSON.
    func decoded<Value: Decodable & Sendable>(
        _ type: Value.Type,
        from request: Request
    ) async throws(ServerError) -> Value {
        let answer = try await accepted(request)
        guard let value = try? JSONDecoder().decode(type, from: Data(answer.body)) else {
            throw ServerError(.notQBittorrent(.unknownAnswer), at: server, request.endpoint)
        }
        return value
    }
}

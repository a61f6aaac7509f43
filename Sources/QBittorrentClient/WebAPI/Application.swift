/// What a server says about itself.
package struct Application: Sendable {
    let session: Session

    package init(_ session: Session) { self.session = session }

    /// The program's version, such as `v5.1.0`.
    package func version() async throws(ServerError) -> String {
        try await session.accepted(.get("app/version")).excerpt
    }

    package func webAPIVersion() async throws(ServerError) -> WebAPIVersion {
        let request = Request.get("app/webapiVersion")
        guard let version = WebAPIVersion(try await session.accepted(request).text) else {
            throw ServerError(.notQBittorrent(.unknownAnswer), at: session.server, request.endpoint)
        }
        return version
    }

    /// The paths of what is in a folder of the server's, as the server sees it. `.notFound` where there is none, or the
    /// server is older than 5.0 (observed).
    package func content(of folder: String) async throws(ServerError) -> [String] {
        let query = [Field("dirPath", folder), Field("mode", "all")]
        return try await session.decoded([String].self, from: .get("app/getDirectoryContent", query: query))
    }

    package func buildInfo() async throws(ServerError) -> BuildInfo {
        try await session.decoded(BuildInfo.self, from: .get("app/buildInfo"))
    }
}

/// The libraries that a server was built with. Keys come and go with versions (observed), so only what is needed is read.
package struct BuildInfo: Decodable, Hashable, Sendable {
    /// Such as `2.0.11.0`.
    package let libtorrent: String
}

/// What a server answered: the status, the few headers that matter, and a body of bounded length.
package struct Response: Sendable {
    package let status: Int
    /// In lower case, without parameters: `text/plain`.
    package var contentType: String?
    /// What `Set-Cookie` sets; what it deletes is left out.
    package var cookies: [Cookie]
    /// Whether `WWW-Authenticate` is there. qBittorrent never sends it (observed), proxies do.
    package var asksForAuthentication: Bool
    /// How long the server asks to be left alone, from `Retry-After`.
    package var retryAfter: Duration?
    package var body: [UInt8]

    package init(
        status: Int,
        contentType: String? = nil,
        cookies: [Cookie] = [],
        asksForAuthentication: Bool = false,
        retryAfter: Duration? = nil,
        body: [UInt8] = []
    ) {
        self.status = status
        self.contentType = contentType
        self.cookies = cookies
        self.asksForAuthentication = asksForAuthentication
        self.retryAfter = retryAfter
        self.body = body
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// Whether it was carried out, as far as the status tells.
    package var isSuccess: Bool { (200...299).contains(status) }

    var isHTML: Bool { contentType == "text/html" || contentType == "application/xhtml+xml" }
}

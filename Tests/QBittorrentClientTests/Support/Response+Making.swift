@testable import QBittorrentClient

extension Response {
    init(
        _ status: Int,
        _ text: String = "",
        contentType: String? = nil,
        cookie: String? = nil,
        asksForAuthentication: Bool = false
    ) {
        self.init(
            status: status,
            contentType: contentType,
            cookies: cookie.flatMap { Cookie(setCookie: $0) }.map { [$0] } ?? [],
            asksForAuthentication: asksForAuthentication,
            body: Array(text.utf8)
        )
    }
}

/// The answers of qBittorrent 5.1.0 to a client that signs in and looks around, as observed.
enum QBittorrentImitation {
    static func answer(to request: HeardRequest) -> String {
        switch (request.stage, request.endpoint) {
        case (.probe, _): answer("403 Forbidden", "Forbidden")
        case (.login, _): answer("200 OK", "Ok.", cookie: "SID=\(session); HttpOnly; SameSite=Strict; path=/")
        case (.logout, _): answer("200 OK", "", cookie: "SID=; expires=Tue, 24-Nov-2026 07:38:47 GMT; path=/")
        case (.call, "app/webapiVersion"): answer("200 OK", "2.11.4")
        case (.call, "app/version"): answer("200 OK", "v5.1.0")
        case (.call, "app/buildInfo"): answer("200 OK", buildInfo, type: "application/json")
        case (.call, _): answer("404 Not Found", "Not Found")
        }
    }

    private static let session = "vwQaRxoTp4lurz3yzNB3fK5ygzU51mzP"

    private static func answer(
        _ status: String, _ body: String, type: String = "text/plain; charset=UTF-8", cookie: String? = nil
    ) -> String {
        var lines = [
            "HTTP/1.1 \(status)", "connection: keep-alive", "content-length: \(body.utf8.count)",
            "content-security-policy: default-src 'self'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; script-src 'self' 'unsafe-inline'; object-src 'none'; form-action 'self'; "
                + "frame-src 'self' blob:; frame-ancestors 'self';",
            "content-type: \(type)", "cross-origin-opener-policy: same-origin", "date: Wed, 25 Nov 2026 07:38:47 GMT",
            "referrer-policy: same-origin",
        ]
        if let cookie { lines.append("set-cookie: \(cookie)") }
        lines += ["x-content-type-options: nosniff", "x-frame-options: SAMEORIGIN", "x-xss-protection: 1; mode=block"]
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private static let buildInfo =
        #"{"bitness":64,"boost":"1.83.0","libtorrent":"2.0.11.0","openssl":"3.5.9","platform":"linux","qt":"6.8.2","#
        + #""zlib":"1.3.1"}"#
}

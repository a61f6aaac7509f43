import Testing

@testable import QBittorrentClient

@Suite struct VerdictTests {
    @Test(arguments: [
        (Response(403, "Forbidden", contentType: "text/plain"), ProbeVerdict.found(.needsLogin)),
        (Response(200, "v5.1.0", contentType: "text/plain"), .found(.bypass)),
        (Response(200, "v4.6.0beta1"), .found(.bypass)),
        (Response(401, "Unauthorized", contentType: "text/plain"), .fails(.hostRefused)),
        (Response(401, asksForAuthentication: true), .fails(.notQBittorrent(.asksForAuthentication))),
        (Response(200, "v5.1.0", contentType: "text/html"), .fails(.notQBittorrent(.html))),
        (Response(403, "<h1>", contentType: "text/html"), .fails(.notQBittorrent(.refusedByProxy))),
        (Response(401, "<h1>", contentType: "text/html"), .fails(.notQBittorrent(.refusedByProxy))),
        (Response(302), .fails(.notQBittorrent(.redirect))),
        (Response(404), .fails(.notQBittorrent(.notFound))),
        (Response(200, ""), .fails(.notQBittorrent(.unknownAnswer))),
        (Response(200, "vault"), .fails(.notQBittorrent(.unknownAnswer))),
        (Response(200, "v1" + String(repeating: "0", count: 64)), .fails(.notQBittorrent(.unknownAnswer))),
        (Response(400), .fails(.notQBittorrent(.unknownAnswer))),
        (Response(503, "busy\r\nnow"), .fails(.answered(status: 503, text: "busy now"))),
        (Response(502, "<h1>", contentType: "text/html"), .fails(.answered(status: 502, text: ""))),
        (Response(429), .fails(.answered(status: 429, text: ""))),
    ])
    func theProbe(answer: Response, verdict: ProbeVerdict) {
        #expect(ProbeVerdict(answer) == verdict)
    }

    @Test(arguments: [
        (Response(200, "Ok.", cookie: "SID=a"), "proven"),
        (Response(204, cookie: "QBT_SID_8080=a"), "proven"),
        (Response(200, "Fails."), "refused"),
        (Response(200, "Fails.", cookie: "proxy=a"), "refused"),
        (Response(401, "Unauthorized"), "refused"),
        (Response(403, "Ihre IP-Adresse wurde gebannt."), "banned"),
        (Response(200, "Ok."), "notQBittorrent(noCookie)"),
        (Response(204), "notQBittorrent(noCookie)"),
        (Response(200, "", cookie: "SID=a"), "notQBittorrent(unknownAnswer)"),
        (Response(200, "Ok.", contentType: "text/html", cookie: "SID=a"), "notQBittorrent(html)"),
        (Response(403, contentType: "text/html"), "notQBittorrent(refusedByProxy)"),
        (Response(401, asksForAuthentication: true), "notQBittorrent(asksForAuthentication)"),
        (Response(302, cookie: "SID=a"), "notQBittorrent(redirect)"),
        (Response(404), "notQBittorrent(notFound)"),
        (Response(500, "password=x"), "answered(500, )"),
    ])
    func theLogin(answer: Response, verdict: String) {
        #expect(LoginVerdict(answer).summary == verdict)
    }

    @Test func anExcerptIsOneShortLine() {
        #expect(Response(409, " a\r\n\tb\u{1b}[31m\u{202e}c\u{0} \u{2028}d").excerpt == "a b [31m\u{FFFD}c d")
        #expect(Response(409, String(repeating: "x", count: 5000)).excerpt.count == 200)
        #expect(Response(status: 409, body: [0xff, 0x41]).excerpt == "\u{FFFD}A")
    }
}

extension LoginVerdict {
    fileprivate var summary: String {
        switch self {
        case .proven: "proven"
        case .refused: "refused"
        case .banned: "banned"
        case .strange(.notQBittorrent(let reason)): "notQBittorrent(\(reason))"
        case .strange(.answered(let status, let text)): "answered(\(status), \(text))"
        case .strange(let code): "\(code)"
        }
    }
}

import Logging
import NIOHTTP1
import Testing

@testable import QBittorrentClient

@Suite struct HeaderLogTests {
    @Test func whatIsNotKnownToBeHarmlessIsRedacted() {
        let log = RecordedLog()
        let names = [
            "Cookie", "set-cookie", "authorization", "Proxy-Authorization", "www-authenticate", "x-api-key", "location",
            "content-disposition", "x-anything", "cf-access-client-secret", "etag", "referer",
        ]
        let headers = HTTPHeaders(names.map { ($0, "hush") } + [("Content-Length", "7"), ("retry-after", "120")])
        HeaderLog(log.logger(.trace)).sent(headers)
        #expect(log.lines == names.map { "> \($0): <redacted>" } + ["> Content-Length: 7", "> retry-after: 120"])
    }

    @Test func nothingIsToldBelowItsLevel() {
        let log = RecordedLog()
        HeaderLog(log.logger(.debug)).received(.ok, ["server": "x"])
        #expect(log.lines == [])
        HeaderLog(log.logger(.trace)).received(.ok, ["server": "x"])
        #expect(log.lines == ["< 200", "< server: x"])
    }
}

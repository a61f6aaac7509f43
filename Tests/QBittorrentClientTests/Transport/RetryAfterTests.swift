import FoundationEssentials
import Testing

@testable import QBittorrentClient

@Suite struct RetryAfterTests {
    @Test(arguments: [
        ("0", Duration.seconds(0)), ("120", .seconds(120)), ("4294967295", .seconds(4_294_967_295)),
        ("4294967296", nil), ("-1", nil), ("1.5", nil), ("", nil), ("soon", nil), ("1 2", nil),
        ("Sun, 06 Nov 1994 08:49:37 GMT", .seconds(7)), ("Sun, 06 Nov 1994 08:49:00 GMT", .seconds(0)),
        ("Mon, 07 Nov 1994 08:49:30 GMT", .seconds(86_400)), ("Sun, 06 Nov 1994 08:49:37 CET", nil),
        ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Sun, 99 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994", nil),
    ])
    func isReadAsSecondsOrAsADate(text: String, duration: Duration?) {
        // The server's own clock counts, wrong as it may be.
        #expect(RetryAfter.duration(text, date: "Sun, 06 Nov 1994 08:49:30 GMT") == duration)
        #expect(RetryAfter.duration(text, date: nil, now: Date(timeIntervalSince1970: 784_111_770)) == duration)
        #expect(RetryAfter.duration(text, date: "never", now: Date(timeIntervalSince1970: 784_111_770)) == duration)
    }
}

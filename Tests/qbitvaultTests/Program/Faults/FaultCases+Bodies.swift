import TestSupport

@testable import qbitvault

extension FaultCase {
    static let lengths = [
        FaultCase("bytes after the body", .altered { $0 + "more" }, .done),
        FaultCase(
            "a shorter length than the body", .altered { $0.with(contentLength: "1") },
            probe: .done, login: .notQBittorrent, call: .notQBittorrent),
        FaultCase("two lengths", .altered { $0.with(headers: "content-length: 1") }, .notQBittorrent),
        FaultCase("a negative length", .altered { $0.with(contentLength: "-1") }, .notQBittorrent),
        FaultCase("a length that is no number", .altered { $0.with(contentLength: "many") }, .notQBittorrent),
        FaultCase(
            "a length that overflows", .altered { $0.with(contentLength: "99999999999999999999") }, .notQBittorrent),
        FaultCase(
            "a length beside chunks", .altered { $0.chunked().with(headers: "content-length: 3") }, .notQBittorrent),
        FaultCase("a chunk that is no number", .altered { $0.chunked(end: "zz\r\n") }, .notQBittorrent),
        FaultCase("a chunk that overflows", .altered { $0.chunked(end: "fffffffffffffffff\r\n") }, .notQBittorrent),
        FaultCase("no length, but an end", Fault { [.text($0.without(header: "content-length")), .close] }, .done),
    ]

    static let bodies = [
        FaultCase("a body without end", .flood { $0.with(contentLength: "1000000000000") }, .notQBittorrent),
        FaultCase("a body without end and length", .flood { $0.without(header: "content-length") }, .notQBittorrent),
        FaultCase(
            "chunks without end",
            Fault {
                [.text($0.chunked(end: "")), .flood(Array("400\r\n\(String(repeating: "x", count: 1024))\r\n".utf8))]
            },
            .notQBittorrent),
        FaultCase(
            "a chunk's extension without end",
            Fault { [.text($0.chunked(end: "1;")), .flood(Array("x".utf8))] }, .notQBittorrent),
        FaultCase(
            "a login page", .altered { page.with(status: "200 OK").with(body: "<html>\($0.count)</html>") },
            .notQBittorrent),
        FaultCase(
            "no UTF-8 in the body", Fault { [.send($0.with(status: "200 OK").with(body: "v~5.~").spoiled)] },
            .notQBittorrent),
        // The status alone says that a login is needed.
        FaultCase(
            "compressed, unasked", Fault { [.send(Array($0.compressedHead.utf8) + compressed)] },
            probe: .done, login: .notQBittorrent, call: .notQBittorrent),
        FaultCase("nothing", .altered { $0.with(status: "200 OK").with(body: "") }, .notQBittorrent),
        FaultCase(
            "no content, and some", .altered { $0.without(header: "set-cookie").with(status: "204 No Content") },
            .notQBittorrent),
    ]

    static let statuses =
        ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"].map {
            status in
            FaultCase(status, .altered { $0.with(status: status) }, .serverError)
        }
        + ["503 Service Unavailable", "429 Too Many Requests"].flatMap { status in
            ["1", "3600", "Wed, 25 Nov 2026 07:38:48 GMT"].map { time in
                FaultCase(
                    "\(status), again after \(time)",
                    .altered { $0.with(status: status).with(headers: "retry-after: \(time)") }, .serverError)
            }
        } + [
            FaultCase(
                "a redirect elsewhere",
                .altered { $0.with(status: "302 Found").with(headers: "location: http://127.0.0.1:1/") },
                .notQBittorrent, isUnheard: true),
            FaultCase(
                "a login at a proxy",
                .altered { $0.with(status: "401 Unauthorized").with(headers: "www-authenticate: Basic") },
                .notQBittorrent, isUnheard: true),
            FaultCase(
                "418", .altered { $0.with(status: "418 I'm a teapot") }, probe: .notQBittorrent, login: .notQBittorrent,
                call: .serverError),
        ]

    private static let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\r\n"
    /// "Ok.", by gzip.
    private static let compressed: [UInt8] = [
        0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0x02, 0xff, 0xf3, 0xcf, 0xd6, 0x03, 0, 0x4c, 0xac, 0x58, 0xde, 0x03, 0, 0, 0,
    ]
}

extension String {
    fileprivate var compressedHead: String {
        headAndBody.head.with(contentLength: "23").with(headers: "content-encoding: gzip")
    }
}

extension Fault {
    fileprivate static func flood(_ head: @escaping @Sendable (String) -> String) -> Fault {
        Fault { [.text(head($0)), .flood(Array(repeating: UInt8(ascii: "x"), count: 65_536))] }
    }
}

import TestSupport

@testable import qbitvault

extension FaultCase {
    static let heads = [
        FaultCase(
            "headers without end", Fault { [.text($0.firstLine), .flood(Array("a: b\r\n".utf8))] }, .notQBittorrent),
        FaultCase(
            "one header without end", Fault { [.text($0.firstLine + "a: "), .flood([UInt8(ascii: "b")])] },
            .notQBittorrent),
        FaultCase("thousands of headers", .altered { $0.with(headers: manyHeaders) }, .notQBittorrent),
        FaultCase("a header of a megabyte", .altered { $0.with(headers: "a: " + large) }, .notQBittorrent),
        FaultCase(
            "a first line without end", Fault { [.text(String($0.firstLine.dropLast())), .flood(Array("x".utf8))] },
            .notQBittorrent),
        FaultCase("a first line of a megabyte", .altered { $0.with(status: "200 " + large) }, .notQBittorrent),
        FaultCase(
            "thousands of trailers", .altered { $0.chunked(end: "0\r\n\(manyHeaders)\r\n\r\n") }, .notQBittorrent),
        FaultCase("a folded header", .altered { $0.with(headers: "a: b\r\n c") }, .notQBittorrent),
        FaultCase("a header without a colon", .altered { $0.with(headers: "abc") }, .notQBittorrent),
        FaultCase("a zero byte in a header", .altered { $0.with(headers: "a: b\u{0}c") }, .notQBittorrent),
        FaultCase("no UTF-8 in a header", Fault { [.send($0.with(headers: "a: ~").spoiled)] }, .done),
        FaultCase("no UTF-8 in the first line", Fault { [.send($0.with(status: $0.status + " ~").spoiled)] }, .done),
        FaultCase(
            "a version of HTTP that never was", .altered { $0.replacing("HTTP/1.1", with: "HTTP/3.7") }, .notQBittorrent
        ),
        FaultCase("a status of four digits", .altered { $0.with(status: "2000 OK") }, .notQBittorrent),
        FaultCase("no status", .altered { $0.with(status: "") }, .notQBittorrent),
        FaultCase("provisional answers before the right one", .altered { continued + continued + $0 }, .done),
        FaultCase(
            "another protocol from now on", .altered { $0.with(status: "101 Switching Protocols") }, .notQBittorrent),
        FaultCase("HTTP/0.9", .altered { $0.headAndBody.body }, .notQBittorrent),
        FaultCase("HTTP/2", Fault(.onRequest, .send([0, 0, 0, 4, 0, 0, 0, 0, 0]), .close), .notQBittorrent),
        FaultCase("another protocol", Fault(.onRequest, .text("SSH-2.0-OpenSSH_9.2\r\n"), .close), .notQBittorrent),
    ]

    static let cookies = [
        FaultCase("a cookie of a megabyte", .altered { $0.setting(cookie: "SID=" + large) }, .notQBittorrent),
        FaultCase(
            "a cookie of 70 kilobytes", .altered { $0.setting(cookie: "SID=" + large.prefix(70_000)) },
            probe: .done, login: .notQBittorrent, call: .done),
        FaultCase(
            "a cookie with a control character", .altered { $0.setting(cookie: "SID=a\u{7}b") }, .notQBittorrent),
        FaultCase(
            "a hundred cookies",
            .altered { $0.with(headers: (1...100).map { "set-cookie: a\($0)=b" }.joined(separator: "\r\n")) },
            .done),
    ]

    private static let large = String(repeating: "x", count: 1 << 20)
    private static let manyHeaders = (1...5000).map { "a\($0): b" }.joined(separator: "\r\n")
}

extension String {
    fileprivate var firstLine: String { String(prefix { $0 != "\r\n" }) + "\r\n" }

    /// The status' number.
    fileprivate var status: String { String(dropFirst("HTTP/1.1 ".count).prefix(3)) }

    /// With a byte that no UTF-8 holds for each `~`.
    var spoiled: [UInt8] { utf8.map { $0 == UInt8(ascii: "~") ? 0xff : $0 } }

    fileprivate func setting(cookie: String) -> String {
        without(header: "set-cookie").with(headers: "set-cookie: \(cookie)")
    }
}

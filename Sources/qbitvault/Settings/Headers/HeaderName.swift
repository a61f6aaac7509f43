/// What a header may be called.
enum HeaderName {
    /// A byte of a token (RFC 9110).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// Whether the program sets it itself, or requests would break with another value: framing, cookies, what
    /// qBittorrent's cross-site check reads, conditions and encodings that change what an answer means.
    static func isOwned(_ name: String) -> Bool {
        let name = name.lowercased()
        return owned.contains(name) || ownedBeginnings.contains { name.hasPrefix($0) }
    }

    private static let owned: Set = [
        "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "cookie", "expect",
        "host",
        "http2-settings", "keep-alive", "origin", "range", "referer", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent",
    ]
    private static let ownedBeginnings = ["if-", "proxy-", "sec-"]
}

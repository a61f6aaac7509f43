import Testing

@testable import QBittorrentClient

@Suite struct ServerTests {
    @Test(arguments: [
        ("http://localhost:8080", "http://localhost:8080"),
        ("HTTP://LocalHost:8080/", "http://localhost:8080"),
        ("http://seedbox.example", "http://seedbox.example:80"),
        ("https://seedbox.example", "https://seedbox.example:443"),
        ("https://seedbox.example:8443/qbt/", "https://seedbox.example:8443/qbt"),
        ("https://seedbox.example//a//b//", "https://seedbox.example:443/a/b"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[0:0:0:0:0:0:0:1]/x", "http://[::1]:80/x"),
        ("http://[2001:DB8::1]", "http://[2001:db8::1]:80"),
        ("http://my_container:1", "http://my_container:1"),
        ("http://h/%41", "http://h:80/%41"),
    ])
    func aURLHasOneSpelling(url: String, origin: String) throws {
        #expect(try Server(url).origin == origin)
        #expect(try Server(origin) == Server(url))
    }

    @Test(arguments: [
        ("", InvalidServer.Code.scheme), ("localhost:8080", .scheme), ("ftp://h", .scheme), ("://h", .scheme),
        ("http://user@h", .userInformation), ("http://user:pass@h", .userInformation),
        ("http://", .host), ("http://:80", .host), ("http:///path", .host), ("http://a b", .host),
        ("http://h\u{0}", .host), ("http://h\r\nX", .host), ("http://münchen.example", .host),
        ("http://a..b", .host), ("http://[::1", .port), ("http://[zz::1]", .host), ("http://[1.2.3.4]", .host),
        ("http://::1", .port), ("http://h:", .port), ("http://h:0", .port), ("http://h:65536", .port),
        ("http://h:-1", .port), ("http://h:+80", .port), ("http://h:8 0", .port), ("http://h:٣", .port),
        ("http://h/a b", .path), ("http://h/../x", .path), ("http://h/./x", .path), ("http://h/\u{7f}", .path),
        ("http://h/x?y", .queryOrFragment), ("http://h#x", .queryOrFragment), ("http://h?x", .queryOrFragment),
    ])
    func whatIsNoSoundServerIsRefused(url: String, code: InvalidServer.Code) {
        #expect(throws: InvalidServer(code)) { try Server(url) }
    }

    @Test func partsMakeTheSameServerAsTheURL() throws {
        let parts = try Server(scheme: .https, host: "Seedbox.Example", port: 8443, basePath: "qbt/")
        #expect(try parts == Server("https://seedbox.example:8443/qbt"))
        #expect(try Server(scheme: .http, host: "::1") == Server("http://[::1]:80"))
        #expect(throws: InvalidServer(.port)) { try Server(scheme: .http, host: "h", port: 70000) }
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.9.9.9", true), ("[::1]", true),
        ("LocalHost", true), ("[0:0:0:0:0:0:0:1]", true), ("[0000::0001]", true),
        ("127.0.0.1.example", false), ("localhost.example", false), ("128.0.0.1", false), ("127.1", false),
        ("127.0.0.256", false), ("0.0.0.0", false), ("[::2]", false), ("[::ffff:7f00:1]", false), ("127.0.0.x", false),
    ])
    func loopbackIsWhatStaysOnThisMachine(host: String, isLoopback: Bool) throws {
        #expect(try Server("http://\(host):8080").isLoopback == isLoopback)
    }
}

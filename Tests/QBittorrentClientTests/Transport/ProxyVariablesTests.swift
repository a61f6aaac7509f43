import Testing

@testable import QBittorrentClient

/// Which proxy a connection goes through.
@Suite struct ProxyVariablesTests {
    private static func proxy(for url: String, _ environment: [String: String]) throws -> String? {
        try ProxyVariables.proxy(for: Server(url), environment: { environment[$0] }).map { "\($0)" }
    }

    static let choices: [(url: String, environment: [String: String], proxy: String?)] = [
        ("http://nas", [:], nil),
        ("http://nas", ["http_proxy": "http://a:1"], "a:1"),
        ("https://nas", ["http_proxy": "http://a:1"], nil),
        ("https://nas", ["https_proxy": "http://a:1", "http_proxy": "http://b:1"], "a:1"),
        ("https://nas", ["HTTPS_PROXY": "http://a:1", "ALL_PROXY": "http://b:1"], "a:1"),
        ("http://nas", ["HTTP_PROXY": "http://a:1", "http_proxy": "http://b:1"], "b:1"),
        ("http://nas", ["all_proxy": "http://a:1"], "a:1"),
        ("http://nas", ["ALL_PROXY": "http://a:1", "http_proxy": ""], nil),
        ("http://nas", ["http_proxy": "a:1"], "a:1"),
        ("http://nas", ["http_proxy": "HTTP://A/"], "a:80"),
        ("http://nas", ["http_proxy": "http://[::1]:3128"], "[::1]:3128"),
        ("http://nas", ["http_proxy": "http://name:pass%40word@a:1"], "a:1"),
        // This machine is never reached by another.
        ("http://localhost", ["http_proxy": "http://a:1"], nil),
        ("http://127.3.2.1", ["all_proxy": "http://a:1"], nil),
        ("https://[::1]", ["https_proxy": "http://a:1"], nil),
        ("http://nas", ["http_proxy": "http://a:1", "no_proxy": "nas"], nil),
        ("http://nas", ["http_proxy": "http://a:1", "NO_PROXY": "nas"], nil),
        ("http://nas", ["http_proxy": "http://a:1", "NO_PROXY": "nas", "no_proxy": "other"], "a:1"),
    ]

    @Test(arguments: choices.indices)
    func theFirstThatIsSetDecides(row: Int) throws {
        let (url, environment, proxy) = Self.choices[row]
        #expect(try Self.proxy(for: url, environment) == proxy, "\(url) \(environment)")
    }

    static let exceptions: [(list: String, covered: [String], other: [String])] = [
        ("*", ["nas", "10.0.0.1", "[fe80::1]"], []),
        ("nas.example", ["nas.example", "a.nas.example"], ["xnas.example", "example", "nas.example.org"]),
        (".example", ["nas.example", "example"], ["nas-example"]),
        ("*.example", ["nas.example"], ["nasexample"]),
        ("a, b c", ["a", "b", "c"], ["d"]),
        ("NAS", ["nas"], []),
        ("nas:8080", ["nas:8080", "a.nas:8080"], ["nas", "nas:80"]),
        ("10.1.2.3", ["10.1.2.3"], ["10.1.2.33", "1.2.3", "a.10.1.2.3"]),
        ("10.1.2.3:81", ["10.1.2.3:81"], ["10.1.2.3"]),
        ("10.0.0.0/8", ["10.255.0.1"], ["11.0.0.1", "nas", "[::1]"]),
        ("192.168.4.0/23", ["192.168.5.9"], ["192.168.6.0"]),
        ("10.0.0.1/32, 0.0.0.0/33, x/8, 10.0.0.0/", ["10.0.0.1"], ["10.0.0.2"]),
        ("0.0.0.0/0", ["8.8.8.8"], ["[fe80::1]", "nas"]),
        ("fd00::/8", ["[fd12::1]"], ["[fe80::1]", "10.0.0.1"]),
        ("fd00::1", ["[fd00::1]", "[fd00:0::1]:8080"], ["[fd00::2]"]),
        ("[fd00::1]:81", ["[fd00::1]:81"], ["[fd00::1]"]),
        ("", [], ["nas"]),
    ]

    @Test(arguments: exceptions.indices)
    func exceptionsAreReachedDirectly(row: Int) throws {
        let (list, covered, other) = Self.exceptions[row]
        for host in covered {
            #expect(try NoProxy(list).covers(Server("http://\(host)")), "\(list) covers \(host)")
        }
        for host in other {
            #expect(try !NoProxy(list).covers(Server("http://\(host)")), "\(list) does not cover \(host)")
        }
    }

    @Test(arguments: [
        ("socks5://a:1", InvalidProxy.Reason.scheme), ("https://a:1", .scheme), ("http://", .address),
        ("http://a:99999", .address), ("a b", .address), ("http://n%zz:p@a", .credentials),
        ("http://n:p%0d%0ax@a", .credentials), ("http://n%3Am:p@a", .credentials),
    ])
    func whatCannotBeUsedIsRefused(text: String, reason: InvalidProxy.Reason) {
        #expect(throws: InvalidProxy(reason: reason, variable: "HTTP_PROXY")) {
            try ProxyVariables.proxy(for: Server("http://nas"), environment: { $0 == "HTTP_PROXY" ? text : nil })
        }
    }

    /// Neither in words nor in a dump.
    @Test func itsPasswordIsNotShown() throws {
        let proxy = try HTTPProxy("http://name:made%20up@proxy.test:3128")
        var dumped = ""
        dump(proxy, to: &dumped)
        var settings = HTTPTransport.Settings()
        settings.proxy = proxy
        dump(settings, to: &dumped)
        for text in ["\(proxy)", String(reflecting: proxy), "\(settings)", dumped] {
            #expect(!text.contains("made up") && !text.contains("bmFtZTptYWRlIHVw"), "\(text)")
            #expect(text.contains("proxy.test"))
        }
    }
}

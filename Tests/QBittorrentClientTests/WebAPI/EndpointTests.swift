import Testing

@testable import QBittorrentClient

@Suite struct EndpointTests {
    @Test(arguments: [
        ("app/version", "/api/v2/app/version"),
        ("/app/version", "/api/v2/app/version"),
        ("api/v2/app/version", "/api/v2/app/version"),
        ("/api/v2/app/version", "/api/v2/app/version"),
        ("app/version?", "/api/v2/app/version"),
        ("torrents/info?filter=all&limit=1", "/api/v2/torrents/info?filter=all&limit=1"),
        ("a_1/_b2?x=a+b%2Fc/d?e", "/api/v2/a_1/_b2?x=a+b%2Fc/d?e"),
        ("a/b?x=a b%&y=ü\r\nz%zz%4", "/api/v2/a/b?x=a%20b%25&y=%C3%BC%0D%0Az%25zz%254"),
    ])
    func anEndpointIsPutBehindTheServersOrigin(text: String, target: String) throws {
        #expect(Request.get(try #require(Endpoint(text))).target == target)
    }

    @Test(arguments: [
        "", "/", "app", "app/", "/app", "app/version/", "app/version/x", "//app/version", "../app/version",
        "app/..", "./version", "app/%2e%2e", "app/ver sion", "app/versi\u{0}n", "app/version\r\nHost: x", "app/vérsion",
        "http://elsewhere/app/version", "//elsewhere/app", "@elsewhere/app", "app:80/version", "app\\version",
        "app/version#x", "app/version?a=b#c", "1app/version", "app/1version", "api/v2/../../x", "/api/v3/app/version",
    ])
    func nothingElseIsOne(_ text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test func fieldsFollowTheQuery() throws {
        let endpoint = try #require(Endpoint("torrents/info?filter=all"))
        let request = Request.get(endpoint, [Field("tag", "a&b"), Field("sort", "name")])
        #expect(request.target == "/api/v2/torrents/info?filter=all&tag=a%26b&sort=name")
    }

    @Test func signingInIsNotJustAnyCall() {
        #expect(["auth/login", "/api/v2/auth/logout", "AUTH/Login?x"].allSatisfy { Endpoint($0)?.isSignIn == true })
        #expect(Endpoint("app/login")?.isSignIn == false)
    }
}

import Testing

@testable import QBittorrentClient

@Suite struct LoggedRequestTests {
    @Test(arguments: [
        ("app/version", "GET app/version"),
        ("torrents/info?filter=all&limit=10&rid=0", "GET torrents/info?filter=all&limit=10&rid=0"),
        ("torrents/info?tag=hush", "GET torrents/info?tag=<redacted>"),
        // A value that is no word may hold anything.
        (
            "torrents/info?filter=a%20b&sort=a/b&limit=a+b",
            "GET torrents/info?filter=<redacted>&sort=<redacted>&limit=<redacted>"
        ),
        ("torrents/info?hush&=hush&x=a=hush", "GET torrents/info?<redacted>&=<redacted>&x=<redacted>"),
    ])
    func ofAQueryTheNamesAreTold(text: String, told: String) throws {
        #expect(Request.get(try #require(Endpoint(text))).loggedTarget == told)
    }

    @Test func fieldsOfAQueryAreTreatedAlike() {
        let request = Request.get("torrents/properties", query: [Field("hash", "0a"), Field("cookie", "hush")])
        #expect(request.loggedTarget == "GET torrents/properties?hash=0a&cookie=<redacted>")
    }

    @Test func ofABodyNothingIsTold() {
        #expect(Request.post("a/b", FormBody([Field("hash", "hush")])).loggedTarget == "POST a/b")
    }
}

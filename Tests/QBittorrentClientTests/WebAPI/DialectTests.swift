import Testing

@testable import QBittorrentClient

@Suite struct DialectTests {
    @Test(arguments: [
        ("2.8.19", false, false, "http://a/x%20y|http://b||http://c"),
        ("2.11.1", false, false, "http://a/x%20y|http://b||http://c"),
        ("2.11.2", true, false, "http://a/x%20y|http://b||http://c"),
        ("2.11.4", true, false, "http://a/x%20y|http://b||http://c"),
        ("2.15.1", true, false, "http%3A%2F%2Fa%2Fx%2520y|http%3A%2F%2Fb||http%3A%2F%2Fc"),
        ("2.16.0", true, true, "http%3A%2F%2Fa%2Fx%2520y|http%3A%2F%2Fb||http%3A%2F%2Fc"),
        ("3.0", true, true, "http%3A%2F%2Fa%2Fx%2520y|http%3A%2F%2Fb||http%3A%2F%2Fc"),
    ])
    func whatDiffersByVersion(text: String, creator: Bool, dotfiles: Bool, list: String) throws {
        let dialect = Dialect(try #require(WebAPIVersion(text)))
        #expect(dialect.hasTorrentCreator == creator)
        #expect(dialect.knowsIgnoreDotfiles == dotfiles)
        #expect(dialect.list([["http://a/x%20y", "http://b"], [], ["http://c"]]) == list)
    }

    @Test func versionsAreComparedByNumber() throws {
        let sorted = try ["2.8.19", "2.11", "2.11.2", "2.11.10", "10.0.0"].map { try #require(WebAPIVersion($0)) }
        #expect(sorted == sorted.reversed().sorted())
        #expect(sorted.map(\.description) == ["2.8.19", "2.11.0", "2.11.2", "2.11.10", "10.0.0"])
    }

    @Test(arguments: ["", "2", "2.", "2.x", "v2.1.1", "2.1.1.1", "2.-1", "2.1.", " 2.1", "2.99999999999999999999"])
    func whatIsNoVersionIsNone(text: String) {
        #expect(WebAPIVersion(text) == nil)
    }

    @Test(arguments: [("1.2.19.0", true), ("2.0.11.0", false), ("10.0", false)])
    func alignmentGoesToOldLibtorrentAlone(libtorrent: String, isSent: Bool) {
        var request = CreatorRequest(sourcePath: "/data")
        request.optimizesAlignment = true
        request.paddedFileSizeLimit = 4096
        let fields = request.fields(in: Dialect(WebAPIVersion(2, 16, 2)), libtorrent: libtorrent)
        #expect(fields.contains(Field("optimizeAlignment", "true")) == isSent)
        #expect(fields.contains(Field("paddedFileSizeLimit", "4096")) == isSent)
        #expect(fields.contains(Field("startSeeding", "false")))
    }
}

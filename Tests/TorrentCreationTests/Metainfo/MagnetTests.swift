import Testing

@testable import TorrentCreation

@Suite struct MagnetTests {
    @Test(arguments: [
        ("", ""), ("plain-._~09AZaz", "plain-._~09AZaz"), ("a b", "a%20b"), ("a+b&c=d#e?f", "a%2Bb%26c%3Dd%23e%3Ff"),
        ("100%", "100%25"), ("é", "%C3%A9"), ("🧪", "%F0%9F%A7%AA"), ("http://x/y", "http%3A%2F%2Fx%2Fy"), ("\n", "%0A"),
    ])
    func everyReservedByteIsEncoded(_ text: String, _ encoded: String) { #expect(text.percentEncoded == encoded) }

    @Test func aLinkNamesHashesNameAndTrackers() throws {
        var torrent = Sample.torrent(Sample.hybridInfo)
        torrent["announce-list"] = [["udp://a:1"], ["http://b/k?x=1"]]
        let metainfo = try Metainfo(torrent.bytes)
        let v1 = try #require(metainfo.infoHashV1?.description)
        let v2 = try #require(metainfo.infoHashV2?.description)
        #expect(v1.count == 40 && v2.count == 64)
        #expect(
            metainfo.magnetLink == "magnet:?xt=urn:btih:\(v1)&xt=urn:btmh:1220\(v2)&dn=sample"
                + "&tr=udp%3A%2F%2Fa%3A1&tr=http%3A%2F%2Fb%2Fk%3Fx%3D1"
        )
    }
}

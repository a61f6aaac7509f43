import Testing
import TorrentCreation

/// Trackers and web seeds: order and tiers count, and no more than an address's origin is ever told.
@Suite struct AddressVerificationTests {
    private func mismatches(
        _ trackers: [[String]],
        webSeeds: [String] = ["http://w"],
        torrent: Bencoded = VerificationTests.torrent
    ) throws -> [Mismatch] {
        try VerificationTests.verify(
            VerificationTests.asked(trackers: trackers, webSeeds: webSeeds),
            in: torrent
        )
        .mismatches
    }

    @Test func repeatedTrackersAreDroppedByServers() throws {
        let asked = [["http://a/key", "http://a/key", "http://b"], ["http://b"], ["udp://c:1", "http://a/key"]]
        #expect(try mismatches(asked) == [])
    }

    @Test func theFirstThatDiffersIsTold() throws {
        func differs(_ asked: [[String]]) throws -> (tier: Int, AddressDifference)? {
            guard case .tracker(let difference, let tier)? = try mismatches(asked).first else { return nil }
            return (tier, difference)
        }
        let other = try #require(try differs([["http://a/key", "http://x:8/secret"], ["udp://c:1"]]))
        #expect(other.tier == 0 && other.1.place == 1)
        #expect(other.1.asked == .origin("http://x:8") && other.1.found == .origin("http://b"))

        let key = try #require(try differs([["http://a/another", "http://b"], ["udp://c:1"]]))
        #expect(key.tier == 0 && key.1.place == 0)
        #expect(key.1.asked == .origin("http://a") && key.1.found == .origin("http://a"))

        let missing = try #require(try differs([["http://a/key", "http://b"], ["udp://c:1"], ["http://d"]]))
        #expect(missing.tier == 2 && missing.1.asked == .origin("http://d") && missing.1.found == .none)

        let extra = try #require(try differs([["http://a/key", "http://b"]]))
        #expect(extra.tier == 1 && extra.1.asked == .none && extra.1.found == .origin("udp://c:1"))

        let order = try #require(try differs([["http://b", "http://a/key"], ["udp://c:1"]]))
        #expect(order.tier == 0 && order.1.place == 0)

        let tiers = try #require(try differs([["http://a/key"], ["http://b"], ["udp://c:1"]]))
        #expect(tiers.tier == 0 && tiers.1.place == 1 && tiers.1.asked == .none)
    }

    @Test func anAddressThatWasNotDecodedIsNone() throws {
        var torrent = Sample.torrent(Sample.v1Info)
        torrent["announce"] = "http%3A%2F%2Fa%2Fkey"
        let asked = try CreationParameters(format: .v1, trackers: [["http://a/key"]])
        guard
            case .tracker(let difference, tier: 0)? = try VerificationTests.verify(asked, in: torrent).mismatches.first
        else {
            Issue.record("no difference of trackers")
            return
        }
        #expect(difference.asked == .origin("http://a") && difference.found == .notAnAddress)
    }

    @Test func announceMustBeTheFirstTracker() throws {
        var torrent = VerificationTests.torrent
        torrent["announce"] = "http://b"
        let found = try mismatches([["http://a/key", "http://b"], ["udp://c:1"]], torrent: torrent)
        #expect(found.map(\.aspect) == [.trackers])
    }

    @Test(arguments: [[], ["http://w/"], ["http://w", "http://w"], ["http://v", "http://w"]])
    func webSeedsAreComparedInOrder(_ seeds: [String]) throws {
        let found = try mismatches([["http://a/key", "http://b"], ["udp://c:1"]], webSeeds: seeds)
        #expect(found.map(\.aspect) == [.webSeeds])
    }

    @Test func noPasskeyIsInAResult() throws {
        let found = try mismatches([["http://user:w0rd@x/passk3y?k=passk3y"]], webSeeds: ["http://w/passk3y"])
        #expect(found.count == 2)
        #expect(!"\(found)".contains("passk3y") && !"\(found)".contains("w0rd"))
    }
}

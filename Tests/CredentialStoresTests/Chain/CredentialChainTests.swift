import CredentialStores
import Secrets
import TestSupport
import Testing

/// Who answers, and with what: a set at a time.
@Suite struct CredentialChainTests {
    private let password = madeUp()

    @Test func theStrongestThatHasAPasswordAnswers() throws {
        let home = try ChainHome(
            environment: ["QBIT_USERNAME": "from-env", "QBIT_PASSWORD": password],
            dotEnv: "QBIT_USERNAME=from-file\nQBIT_PASSWORD=\(madeUp())\n"
        )
        try home.keep(.username, "from-vault")
        try home.keep(.password, madeUp())
        let place = Place(.environment, "QBIT_PASSWORD")
        #expect(try home.chain().seenCredentials() == Said(username: "from-env", value: password, place: place))
    }

    @Test func weakerPlacesAnswerWhereStrongerHaveNothing() throws {
        let home = try ChainHome(dotEnv: "QBIT_USERNAME=from-file\nQBIT_PASSWORD=\(password)\n")
        let fallback = Said(username: "from-file", value: password, place: home.dotEnv.place)
        #expect(try home.chain().seenCredentials() == fallback)
        let kept = madeUp()
        try home.keep(.username, "from-vault")
        try home.keep(.password, kept)
        #expect(
            try home.chain().seenCredentials() == Said(username: "from-vault", value: kept, place: home.vault.place)
        )
    }

    /// The set of a stronger place is not filled up from a weaker one.
    @Test func anAPIKeyAnswersAloneToo() throws {
        let home = try ChainHome(environment: ["QBIT_API_KEY": password])
        try home.keep(.username, "admin")
        try home.keep(.password, madeUp())
        let place = Place(.environment, "QBIT_API_KEY")
        #expect(try home.chain().seenCredentials() == Said(username: nil, value: password, place: place))
        let sightings = home.chain().sightings(of: .password)
        #expect(sightings.map(\.verdict) == [.absent, .hidden, .absent])
    }

    @Test func aKeyThatIsNotWantedIsNotLookedAt() throws {
        let home = try ChainHome(environment: ["QBIT_API_KEY": ""])
        try home.keep(.username, "admin")
        try home.keep(.password, password)
        let right = Said(username: "admin", value: password, place: home.vault.place)
        #expect(try home.chain().seenCredentials(.password) == right)
        #expect(throws: StoreError.self) { try home.chain().seenCredentials() }
    }

    @Test func keyAndPasswordOfOnePlaceGoTogether() throws {
        let home = try ChainHome()
        try home.keep(.username, "admin")
        try home.keep(.password, password)
        try home.keep(.apiKey, "a key")
        let both = try #require(try home.chain().seenCredentials())
        #expect(both.value == password)
        #expect(try home.chain().seenCredentials(.apiKey)?.value == "a key")
    }

    @Test func aKeyNeedsNoUserNameBesideAPassword() throws {
        let home = try ChainHome()
        try home.keep(.password, madeUp())
        try home.keep(.apiKey, "a key")
        #expect(try home.chain().seenCredentials() == Said(username: nil, value: "a key", place: home.vault.place))
        #expect(throws: StoreError(.noUsername, at: home.vault.place)) { try home.chain().seenCredentials(.password) }
    }

    @Test func nobodyHasAPassword() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "alone"])
        #expect(try home.chain().seenCredentials() == nil)
        #expect(try home.chain(username: "configured").seenCredentials() == nil)
    }

    /// A name left over in the environment must not meet the vault's password.
    @Test func aStaleNameInAStrongerPlaceIsNotPaired() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "stale"])
        try home.keep(.username, "admin")
        try home.keep(.password, password)
        let right = Said(username: "admin", value: password, place: home.vault.place)
        #expect(try home.chain().seenCredentials() == right)
        #expect(try home.chain().seenUsername() == Said(username: nil, value: "admin", place: home.vault.place))
    }

    @Test func aNameInAWeakerPlaceIsNotPairedEither() throws {
        let home = try ChainHome(
            environment: ["QBIT_PASSWORD": password], dotEnv: "QBIT_USERNAME=weak\n"
        )
        try home.keep(.username, "admin")
        #expect(throws: StoreError(.noUsername, at: Place(.environment))) { try home.chain().seenCredentials() }
        #expect(try home.chain().seenUsername() == nil)
    }

    @Test func aConfiguredNameGoesWithAnyPassword() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "stale"])
        try home.keep(.password, password)
        let right = Said(username: "configured", value: password, place: home.vault.place)
        #expect(try home.chain(username: "configured").seenCredentials() == right)
    }

    /// The user name that would be used, wherever only names are.
    @Test func aNameWithoutAnyPasswordIsFound() throws {
        let home = try ChainHome(dotEnv: "QBIT_USERNAME=alone\n")
        #expect(try home.chain().seenUsername() == Said(username: nil, value: "alone", place: home.dotEnv.place))
    }

    @Test func otherServersHaveTheirOwn() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "admin", "QBIT_PASSWORD": madeUp()])
        try home.keep(.username, "keeper", server: "nas")
        try home.keep(.password, password, server: "nas")
        let right = Said(username: "keeper", value: password, place: home.vault.place)
        #expect(try home.chain(server: "nas").seenCredentials() == right)
        #expect(try home.chain(server: "other").seenCredentials() == nil)
    }

    @Test func anyNameIsFoundByItself() throws {
        let name = try #require(CredentialName("TRACKER"))
        let home = try ChainHome(dotEnv: "TRACKER=weak\n")
        #expect(try home.chain().seen(name)?.value == "weak")
        try home.keep(name, "http://tracker.example/announce")
        let right = Said(username: nil, value: "http://tracker.example/announce", place: home.vault.place)
        #expect(try home.chain().seen(name) == right)
    }

    @Test func whatWasGivenToThisRunIsStrongest() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "stale", "QBIT_PASSWORD": madeUp()])
        let given = GivenSource(Secret(copying: password.utf8), by: "--password-stdin")
        let sources: [any CredentialSource] = [given] + home.sources
        let anonymous = CredentialChain(sources: sources, server: "default", origin: ChainHome.origin)
        #expect(throws: StoreError(.noUsername, at: given.place)) { try anonymous.seenCredentials() }
        let named = CredentialChain(
            sources: sources, server: "default", origin: ChainHome.origin, username: "admin"
        )
        let right = Said(username: "admin", value: password, place: Place(.option, "--password-stdin"))
        #expect(try named.seenCredentials() == right)
        #expect(try named.seenCredentials() == right)
        #expect(try named.seen(.username)?.value == "stale")
    }
}

import CredentialStores
import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

/// When the chain refuses although some place would answer.
@Suite struct ChainRefusalTests {
    private let password = madeUp()

    /// A place that fails; no real one can be made to fail in just this way.
    private struct Failing: CredentialSource {
        let place = Place(.keyring)
        func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
            throw StoreError(.locked, at: place)
        }
    }

    @Test func aWeakerPlaceDoesNotStandInForOneThatFails() throws {
        let home = try ChainHome(dotEnv: "QBIT_USERNAME=weak\nQBIT_PASSWORD=\(password)\n")
        let sources: [any CredentialSource] = [home.environmentStore, Failing(), home.dotEnv]
        let chain = CredentialChain(sources: sources, server: "default", origin: ChainHome.origin, username: "me")
        let locked = StoreError(.locked, at: Place(.keyring))
        #expect(throws: locked) { try chain.seenCredentials() }
        #expect(throws: locked) { try chain.seen(.password) }
        #expect(throws: locked) { try chain.seenUsername() }
    }

    @Test func aPlaceBehindTheAnswerMayFail() throws {
        let home = try ChainHome(environment: ["QBIT_PASSWORD": password])
        let chain = CredentialChain(
            sources: [home.environmentStore, Failing()], server: "default", origin: ChainHome.origin, username: "me"
        )
        #expect(try chain.seenCredentials()?.value == password)
    }

    @Test func aVariableSetToNothingIsNotPassedOver() throws {
        let home = try ChainHome(environment: ["QBIT_PASSWORD": ""])
        try home.keep(.username, "admin")
        try home.keep(.password, password)
        #expect(throws: StoreError(.failed(.empty), at: Place(.environment, "QBIT_PASSWORD"))) {
            try home.chain().seenCredentials()
        }
    }

    @Test func aDamagedDotEnvIsNotPassedOver() throws {
        let home = try ChainHome(dotEnv: "QBIT_USERNAME=admin\nQBIT_PASSWORD=\"\(password)\n")
        #expect(throws: StoreError(.failed(.syntax(line: 2)), at: home.dotEnv.place)) {
            try home.chain().seenCredentials()
        }
    }

    @Test func anEmptyPasswordOrNameSignsNobodyIn() throws {
        let home = try ChainHome()
        let empty = StoreError(.failed(.empty), at: home.vault.place)
        try home.keep(.username, "admin")
        try home.keep(.password, "")
        #expect(throws: empty) { try home.chain().seenCredentials() }
        try home.keep(.password, password)
        try home.keep(.username, "")
        #expect(throws: empty) { try home.chain().seenCredentials() }
    }

    @Test func aNameThatIsNoTextIsRefused() throws {
        let home = try ChainHome()
        try home.keep(.password, password)
        try home.keep(.username, "ad\u{1b}min")
        #expect(throws: StoreError(.failed(.notText), at: home.vault.place)) { try home.chain().seenCredentials() }
    }

    @Test func anEntryServesTheServerItWasMadeFor() throws {
        let home = try ChainHome(dotEnv: "QBIT_USERNAME=weak\nQBIT_PASSWORD=\(madeUp())\n")
        try home.keep(.username, "admin")
        try home.keep(.password, password)
        let elsewhere = home.chain(origin: "http://elsewhere:8080")
        let bound = StoreError(.boundElsewhere(origins: [ChainHome.origin]), at: home.vault.place)
        #expect(throws: bound) { try elsewhere.seenCredentials() }
        #expect(throws: bound) { try elsewhere.seen(.password) }
        #expect(throws: bound) { try elsewhere.seenUsername() }
        #expect(try home.chain().seenCredentials()?.value == password)
    }

    @Test func theNameIsBoundAsThePasswordIs() throws {
        let home = try ChainHome()
        try home.keep(.password, password)
        try home.keep(.username, "admin", origin: "http://elsewhere:8080")
        #expect(throws: StoreError(.boundElsewhere(origins: ["http://elsewhere:8080"]), at: home.vault.place)) {
            try home.chain().seenCredentials()
        }
    }

    @Test func anEntryMayServeSeveralAddresses() throws {
        let home = try ChainHome()
        let alias = "https://nas.lan:443/qbt"
        for name in [CredentialName.username, .password] {
            try home.keep(name, name == .password ? password : "admin")
            let isBound = try home.vault.bind(
                CredentialKey(server: "default", name: name), to: [ChainHome.origin, alias]
            )
            #expect(isBound)
        }
        #expect(try home.chain(origin: alias).seenCredentials()?.value == password)
        #expect(try home.chain().seenCredentials()?.value == password)
        #expect(throws: StoreError(.boundElsewhere(origins: [ChainHome.origin, alias]), at: home.vault.place)) {
            try home.chain(origin: "https://nas.lan:443").seenCredentials()
        }
    }

    /// The configuration was merely found: what serves any server is not handed to whichever it names.
    @Test func whatIsWithheldIsAnErrorAndNotPassedOver() throws {
        let home = try ChainHome(environment: ["QBIT_PASSWORD": madeUp()])
        try home.keep(.username, "admin")
        try home.keep(.password, password)
        let chain = CredentialChain(
            sources: [home.environmentStore, home.vault], server: "default", origin: ChainHome.origin,
            allowsUnbound: false
        )
        #expect(throws: StoreError(.withheld, at: Place(.environment, "QBIT_PASSWORD"))) {
            try chain.seenCredentials()
        }
        let empty = try ChainHome().environmentStore
        let free = CredentialChain(
            sources: [empty, home.vault], server: "default", origin: ChainHome.origin, allowsUnbound: false)
        #expect(try free.seenCredentials()?.value == password)
    }
}

import CredentialStores
import Secrets
import TestSupport
import Testing

/// What `credential where` is told: each place, and what it would say.
@Suite struct SightingTests {
    private let none = Place(.environment)

    @Test func theFirstAnswersAndHidesTheRest() throws {
        let home = try ChainHome(
            environment: ["QBIT_PASSWORD": madeUp()], dotEnv: "QBIT_PASSWORD=\(madeUp())\n"
        )
        try home.keep(.password, madeUp())
        expect(
            home.chain(), .password,
            [
                (Place(.environment, "QBIT_PASSWORD"), .answers), (home.vault.place, .hidden),
                (home.dotEnv.place, .hidden),
            ])
    }

    @Test func aPlaceWithoutItIsAbsent() throws {
        let home = try ChainHome(dotEnv: "QBIT_PASSWORD=\(madeUp())\n")
        expect(
            home.chain(), .password,
            [
                (none, .absent), (home.vault.place, .absent), (home.dotEnv.place, .answers),
            ])
    }

    /// Nothing behind a place that fails is used.
    @Test func aPlaceThatFailsHidesTheRest() throws {
        let home = try ChainHome(
            environment: ["QBIT_PASSWORD": ""], dotEnv: "QBIT_PASSWORD=\(madeUp())\n"
        )
        try home.keep(.password, madeUp(), origin: "http://elsewhere:80")
        let empty = StoreError(.failed(.empty), at: Place(.environment, "QBIT_PASSWORD"))
        let bound = StoreError(.boundElsewhere(origins: ["http://elsewhere:80"]), at: home.vault.place)
        expect(
            home.chain(), .password,
            [
                (empty.place, .fails(empty)), (home.vault.place, .fails(bound)), (home.dotEnv.place, .hidden),
            ])
    }

    /// The user name comes from the place of the password, so that is the place which answers.
    @Test func aStaleNameIsHiddenByThePlaceOfThePassword() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "stale"], dotEnv: "QBIT_USERNAME=weak\n")
        try home.keep(.username, "admin")
        try home.keep(.password, madeUp())
        expect(
            home.chain(), .username,
            [
                (Place(.environment, "QBIT_USERNAME"), .hidden), (home.vault.place, .answers),
                (home.dotEnv.place, .hidden),
            ])
    }

    @Test func withoutAPasswordTheStrongestNameAnswers() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "alone"], dotEnv: "QBIT_USERNAME=weak\n")
        expect(
            home.chain(), .username,
            [
                (Place(.environment, "QBIT_USERNAME"), .answers), (home.vault.place, .absent),
                (home.dotEnv.place, .hidden),
            ])
    }

    @Test func aConfiguredNameHidesAll() throws {
        let home = try ChainHome(environment: ["QBIT_USERNAME": "stale"])
        try home.keep(.username, "admin")
        try home.keep(.password, madeUp())
        expect(
            home.chain(username: "configured"), .username,
            [
                (Place(.environment, "QBIT_USERNAME"), .hidden), (home.vault.place, .hidden),
                (home.dotEnv.place, .absent),
            ])
        expect(
            home.chain(username: "configured"), .password,
            [(none, .absent), (home.vault.place, .answers), (home.dotEnv.place, .absent)])
    }

    private func expect(
        _ chain: CredentialChain, _ name: CredentialName, _ expected: [(Place, CredentialChain.Sighting.Verdict)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let sightings = chain.sightings(of: name)
        #expect(sightings.map(\.place) == expected.map(\.0), sourceLocation: sourceLocation)
        #expect(sightings.map(\.verdict) == expected.map(\.1), sourceLocation: sourceLocation)
    }
}

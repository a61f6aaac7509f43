import CredentialStores
import Testing

@testable import qbitvault

/// FORMAT.md says with which status the program ends for each reason.
@Suite struct VaultReasonTests {
    private let place = Place(.vault, "/srv/vault.qbv")

    @Test(arguments: StoreError.Damage.allCases) func damageIs18AndNamed(damage: StoreError.Damage) {
        let problem = Problem(StoreError(.damaged(damage), at: place))
        #expect(problem.status.rawValue == 18)
        #expect(problem.what == "The vault is damaged (\(damage.rawValue)).")
    }

    @Test(arguments: StoreError.Later.allCases) func aLaterFormatIs18AndNamed(later: StoreError.Later) {
        let problem = Problem(StoreError(.newer(later), at: place))
        #expect(problem.status.rawValue == 18)
        #expect(problem.what == "The vault was written by a later version (\(later.rawValue)).")
    }

    @Test(arguments: [StoreError.Code.forged, .rolledBack, .forked]) func whatMemoryTellsIs16(code: StoreError.Code) {
        #expect(Problem(StoreError(code, at: place)).status.rawValue == 16)
    }

    @Test func aKeyThatFitsNoSlotIs11() {
        #expect(Problem(StoreError(.cannotOpen, at: place)).status.rawValue == 11)
    }

    @Test func tooMuchIs36() {
        #expect(Problem(StoreError(.full, at: place)).status.rawValue == 36)
    }
}

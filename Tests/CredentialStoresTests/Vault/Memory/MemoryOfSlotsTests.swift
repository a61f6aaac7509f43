import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Passphrase slots, some of which there is no memory for.
@Suite struct MemoryOfSlotsTests {
    private static let dear = PassphraseCost.moderate
    /// Holds what costs least, and never `dear`.
    private static let scarce = MemoryRoom(bytes: 9 << 20, limit: .machine)

    @Test func oneThatFitsOpensBehindOneThatDoesNot() throws {
        let forge = Forge()
        let text = Array(madeUp().utf8)
        let slots = [unopened("dear", Self.dear), try forge.slot("mine", .passphrase(.least), key(text))]
        let match = try key(text).match(among: slots, memory: Self.scarce)
        #expect(match.slot.name == "mine")
    }

    @Test func whatDoesNotFitIsSaidWhereNothingOpens() throws {
        let forge = Forge()
        let other = try forge.slot("other", .passphrase(.least), VaultKey(.passphrase, .madeUp()))
        for slots in [[unopened("dear", Self.dear), other], [other, unopened("dear", Self.dear)]] {
            let shortage = MemoryShortage(of: Self.dear, in: Self.scarce)
            #expect(throws: VaultKeyFault.notEnoughMemory(shortage)) {
                _ = try VaultKey(.passphrase, .madeUp()).match(among: slots, memory: Self.scarce)
            }
        }
    }

    /// That a passphrase has no slot is not said where it could not be tried.
    @Test func aPassphraseThatCannotBeTriedIsNoNewOne() throws {
        let place = Place(.vault, "v")
        let shortage = MemoryShortage(of: Self.dear, in: Self.scarce)
        #expect(throws: StoreError(.notEnoughMemory(shortage), at: place)) {
            _ = try VaultKey(.passphrase, .madeUp()).knownSlot(
                among: [unopened("dear", Self.dear)], of: place, memory: Self.scarce)
        }
        let other = try Forge().slot("other", .passphrase(.least), VaultKey(.passphrase, .madeUp()))
        #expect(try VaultKey(.passphrase, .madeUp()).knownSlot(among: [other], of: place) == nil)
    }

    @Test func aKeyFileNeedsNone() throws {
        let forge = Forge()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        let mine = try forge.slot("mine", .keyFile, VaultKey(.keyFile("k"), Secret(copying: bytes)))
        let match = try VaultKey(.keyFile("k"), Secret(copying: bytes)).match(
            among: [unopened("dear", Self.dear), mine], memory: MemoryRoom(bytes: 0, limit: .machine))
        #expect(match.slot.name == "mine")
    }

    /// As `vault init` and `slot add` make one.
    @Test func noSlotIsMadeThatDoesNotFit() {
        #expect(throws: VaultKeyFault.self) {
            _ = try VaultKey(.passphrase, .madeUp()).seed(
                forSlot: PublicBytes.random(count: 16), kind: .passphrase(Self.dear), memory: Self.scarce)
        }
    }

    private func key(_ text: [UInt8]) -> VaultKey { VaultKey(.passphrase, Secret(copying: text)) }

    private func unopened(_ name: String, _ cost: PassphraseCost) -> Slot {
        Slot(
            id: PublicBytes.random(count: 16), kind: .passphrase(cost), name: name, created: 0,
            publicKey: SealingKeyPair(seed: Secret.random(count: 32)).publicKey, sealed: PublicBytes.random(count: 144))
    }
}

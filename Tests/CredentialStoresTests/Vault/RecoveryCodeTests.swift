import Secrets
import TestSupport
import Testing

@testable import CredentialStores

/// A recovery code as people write it down.
@Suite struct RecoveryCodeTests {
    private static let alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    @Test func theExampleOfTheFormat() throws {
        let key = VaultKey(.recovery, Secret(copying: 0..<20))
        #expect(RecoveryCode.text(of: key).text == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-WKXT")
        try expect("000G-40R4-0M30-E209-185G-R38E-1W81-24GK-WKXT", is: key)
        try expect("000g40r40m30e209185gr38e1w8124gkwkxt", is: key)
        try expect(" ooog 4Or4 Om3o e2o9 L85g r38e iw8l 24gk wkxt ", is: key)
    }

    @Test func whatIsMadeIsRead() throws {
        for _ in 0..<200 {
            let key = RecoveryCode.make()
            let text = RecoveryCode.text(of: key)
            #expect(text.count == 44)
            let isSame = try RecoveryCode.read(text).secret == key.secret
            #expect(isSame)
        }
    }

    /// Each other character in each place: refused, and the group is named, or nothing where another mistake would
    /// explain it too.
    @Test func everyWrongCharacterIsNoticed() {
        let text = madeUpCode()
        var told = 0
        for (place, right) in text.enumerated() where right != "-" {
            for wrong in Self.alphabet where wrong != right {
                var typed = text
                typed[place] = wrong
                let groups = groupsTold(typed)
                #expect(groups != nil, "\(place) \(wrong)")
                if groups == [place / 5 + 1] { told += 1 } else { #expect(groups == []) }
            }
        }
        #expect(told > 36 * 31 * 9 / 10, "\(told)")
    }

    @Test func everySwapOfNeighboursIsNoticed() {
        let text = madeUpCode()
        let places = text.indices.filter { text[$0] != "-" }
        for (left, right) in zip(places, places.dropFirst()) where text[left] != text[right] {
            var typed = text
            typed.swapAt(left, right)
            let groups = groupsTold(typed)
            #expect(groups != nil)
            if groups != [], left / 5 != right / 5 { #expect(groups?.contains(left / 5 + 1) == true) }
        }
    }

    @Test func twoWrongCharactersAreNoticed() {
        let text = madeUpCode()
        let places = text.indices.filter { text[$0] != "-" }
        for left in places {
            for right in places where right > left {
                var typed = text
                for place in [left, right] {
                    typed[place] = Self.alphabet.filter { $0 != text[place] }.randomElement() ?? "0"
                }
                #expect(groupsTold(typed) != nil)
            }
        }
    }

    @Test(arguments: [
        ("", RecoveryCode.Fault.length(0)), ("000G-40R4", .length(8)),
        ("000G-40R4-0M30-E209-185G-R38E-1W81-24GK-WKXT0", .length(37)),
        ("000G-40R4-0U30-E209-185G-R38E-1W81-24GK-WKXT", .character(group: 3)),
    ])
    func whatIsWrongIsSaid(text: String, fault: RecoveryCode.Fault) {
        #expect(throws: fault) { _ = try RecoveryCode.read(Secret(copying: text.utf8)) }
    }

    /// Where a vault has both, what is no code is a passphrase, unless it is written like a code.
    @Test func aPassphraseStaysOne() throws {
        let place = Place(.vault, "v")
        let both: [Slot.Kind] = [.passphrase(.least), .recovery]
        let code = String(madeUpCode())
        var wrong = madeUpCode()
        wrong[0] = wrong[0] == "7" ? "8" : "7"
        wrong[1] = wrong[1] == "7" ? "8" : "7"
        let ungrouped = String(wrong.filter { $0 != "-" })
        for (text, kinds, kind) in [
            (code, both, VaultKey.Kind.recovery), (code, [.passphrase(.least)], .passphrase),
            (ungrouped, both, .passphrase), ("correct horse", both, .passphrase),
        ] {
            let key = try VaultKey.typed(Secret(copying: text.utf8), kinds: kinds, at: place)
            #expect(key.kind == kind)
        }
        // It is tried as one, and what is said then is that the code is wrong.
        let written = try VaultKey.typed(Secret(copying: String(wrong).utf8), kinds: both, at: place)
        #expect(written.kind == .passphrase && written.misread != nil && written.copy().misread != nil)
        for text in [String(wrong), ungrouped, "correct horse"] {
            #expect(throws: StoreError.self) {
                _ = try VaultKey.typed(Secret(copying: text.utf8), kinds: [.recovery], at: place)
            }
        }
    }

    private func expect(_ text: String, is key: borrowing VaultKey) throws {
        let isSame = try RecoveryCode.read(Secret(copying: text.utf8)).secret == key.secret
        #expect(isSame)
    }

    private func madeUpCode() -> [Character] { Array(RecoveryCode.text(of: RecoveryCode.make()).text ?? "") }

    /// Nil where the text is taken for a code.
    private func groupsTold(_ text: [Character]) -> [Int]? {
        do throws(RecoveryCode.Fault) { _ = try RecoveryCode.read(Secret(copying: String(text).utf8)) } catch {
            if case .mistyped(let groups) = error { return groups }
        }
        return nil
    }
}

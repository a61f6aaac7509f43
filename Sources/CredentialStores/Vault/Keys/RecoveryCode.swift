package import Secrets

/// A recovery code as people write it down: section 8 of FORMAT.md.
///
/// 32 characters for the 20 bytes and 4 that check them, in nine groups. All 36 are the digits of one number to the
/// base 32, which leaves 1 when it is divided by a prime. The prime is such that no two wrong characters, wherever they
/// are, leave 1 again.
package enum RecoveryCode {
    /// Why a text is no recovery code.
    package enum Fault: Error, Hashable, Sendable {
        /// It has so many letters and digits, and not 36.
        case length(Int)
        /// Something in this group (counted from 1) is in no code.
        case character(group: Int)
        /// One character is wrong, or two neighbours are exchanged: in this group, or in these two. Empty where more
        /// than that is wrong.
        case mistyped(groups: [Int])
    }

    /// Crockford's: without I, L, O and U.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let prime: UInt64 = 1_048_517
    private static let count = 36
    private static let groupCount = 4
    private static let checkCount = 4

    /// A code that nobody knew before: 20 random bytes.
    package static func make() -> VaultKey { VaultKey(.recovery, Secret.random(count: VaultKey.recoveryCount)) }

    /// The text of a key of that kind: capital letters and digits, with dashes between the groups.
    package static func text(of key: borrowing VaultKey) -> Secret {
        precondition(key.secret.count == VaultKey.recoveryCount)
        return key.secret.withBytes { bytes in
            Secret(capacity: count + count / groupCount - 1) { out in
                var rest: UInt64 = 0
                for position in 0..<count - checkCount {
                    let digit = digit(position, of: bytes)
                    rest = (rest * 32 + UInt64(digit)) % prime
                    append(digit, at: position, to: &out)
                }
                // What makes the whole leave 1.
                let check = (prime + 1 - (rest << 20) % prime) % prime
                for position in 0..<checkCount {
                    let digit = UInt8(check >> (5 * UInt64(checkCount - 1 - position)) & 31)
                    append(digit, at: count - checkCount + position, to: &out)
                }
            }
        }
    }

    /// The key that a text stands for: in any case, with or without dashes and blanks, O for 0 and I or L for 1.
    package static func read(_ text: borrowing Secret) throws(Fault) -> VaultKey {
        let digits = try digits(of: text)
        if let fault = fault(in: digits) { throw fault }
        let bytes = digits.withBytes { digits in
            Secret(capacity: VaultKey.recoveryCount) { out in
                for byte in 0..<VaultKey.recoveryCount {
                    var value: UInt8 = 0
                    for bit in byte * 8..<byte * 8 + 8 {
                        value = value << 1 | digits[bit / 5] >> (4 - UInt8(bit % 5)) & 1
                    }
                    out.append(value)
                }
            }
        }
        return VaultKey(.recovery, bytes)
    }

    /// Whether it is written in nine groups of four, as a passphrase seldom is.
    static func isInGroups(_ text: borrowing Secret) -> Bool {
        guard text.count == count + count / groupCount - 1 else { return false }
        return text.withBytes { bytes in
            bytes.indices.allSatisfy { ($0 % 5 == 4) == (bytes[$0] == UInt8(ascii: "-")) }
        }
    }

    private static func digit(_ position: Int, of bytes: borrowing Span<UInt8>) -> UInt8 {
        var value: UInt8 = 0
        for bit in position * 5..<position * 5 + 5 { value = value << 1 | bytes[bit / 8] >> (7 - UInt8(bit % 8)) & 1 }
        return value
    }

    private static func append(_ digit: UInt8, at position: Int, to out: inout OutputRawSpan) {
        if position > 0, position.isMultiple(of: groupCount) { out.append(UInt8(ascii: "-")) }
        out.append(alphabet[Int(digit)])
    }

    private static func digits(of text: borrowing Secret) throws(Fault) -> Secret {
        var used = 0
        var wrong: Int?
        let digits = text.withBytes { bytes in
            Secret(capacity: count) { out in
                for index in bytes.indices where !isGap(bytes[index]) {
                    if used < count, wrong == nil {
                        if let digit = value(of: bytes[index]) { out.append(digit) } else { wrong = used }
                    }
                    used += 1
                }
            }
        }
        guard used == count else { throw .length(used) }
        if let wrong { throw .character(group: wrong / groupCount + 1) }
        return digits
    }

    private static func isGap(_ character: UInt8) -> Bool {
        character == UInt8(ascii: "-") || character == UInt8(ascii: " ")
    }

    private static func value(of character: UInt8) -> UInt8? {
        let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
        switch isSmall ? character - 32 : character {
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        case let letter: return alphabet.firstIndex(of: letter).map { UInt8($0) }
        }
    }
}

extension RecoveryCode {
    /// Nil where the digits are those of a code. Where they are not, what is left over tells which single mistake
    /// explains it, if one does.
    private static func fault(in digits: borrowing Secret) -> Fault? {
        digits.withBytes { digits in
            var rest: UInt64 = 0
            for index in digits.indices { rest = (rest * 32 + UInt64(digits[index])) % prime }
            let surplus = (rest + prime - 1) % prime
            if surplus == 0 { return nil }
            var found: Set<[Int]> = []
            var weight: UInt64 = 1
            for index in digits.indices.reversed() {
                let digit = Int(digits[index])
                for right in 0..<32 where right != digit && times(digit - right, weight) == surplus {
                    found.insert([index / groupCount + 1])
                }
                // This digit exchanged with the one to its left.
                if index > 0, times((Int(digits[index - 1]) - digit) * 31, weight) == surplus {
                    let group = index / groupCount + 1
                    found.insert(index.isMultiple(of: groupCount) ? [group - 1, group] : [group])
                }
                weight = weight * 32 % prime
            }
            return .mistyped(groups: found.count == 1 ? found.first ?? [] : [])
        }
    }

    private static func times(_ factor: Int, _ weight: UInt64) -> UInt64 {
        let product = UInt64(factor.magnitude) * weight % prime
        return factor < 0 ? (prime - product) % prime : product
    }
}

extension VaultKey {
    /// What somebody typed, or keeps in a file, to open a vault with slots of these kinds: its passphrase, or a recovery
    /// code.
    ///
    /// A text that reads as a code is taken for one where the vault has such a slot. One that does not is a passphrase
    /// where the vault has one. If it opens nothing and is written in a code's nine groups, it was a mistyped code.
    package static func typed(
        _ text: consuming Secret, kinds: [Slot.Kind], at place: Place
    ) throws(StoreError) -> VaultKey {
        guard kinds.contains(.recovery) else { return VaultKey(.passphrase, text, from: place) }
        do throws(RecoveryCode.Fault) {
            let code = try RecoveryCode.read(text)
            return VaultKey(.recovery, code.secret.copy(), from: place)
        } catch {
            if kinds.contains(where: \.isPassphrase) {
                let misread = RecoveryCode.isInGroups(text) ? error : nil
                return VaultKey(.passphrase, text, from: place, misread: misread)
            }
            throw StoreError(.notARecoveryCode(error), at: place)
        }
    }

    /// A passphrase that a source gave, as ``typed(_:kinds:at:)`` understands it. Other keys are what they are.
    consuming func understood(for slots: [Slot]) throws(StoreError) -> VaultKey {
        guard kind == .passphrase else { return self }
        return try .typed(secret.copy(), kinds: slots.map(\.kind), at: place ?? Place(.option, "the terminal"))
    }
}

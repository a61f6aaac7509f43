import Secrets
import TestSupport
import Testing

@Suite struct SecretTests {
    @Test func whatFillLeavesUnwrittenIsCutOff() {
        let secret = Secret(capacity: 10) { out in
            for byte in [1, 2, 3] as [UInt8] { out.append(byte) }
        }
        #expect(secret.bytes == [1, 2, 3])
    }

    @Test func nothingIsASecretToo() {
        let none = Secret(capacity: 0) { _ in }
        let one = Secret(copying: [0])
        let isEmpty = (none.isEmpty, none.copy().isEmpty, one.isEmpty)
        #expect(isEmpty == (true, true, false))
        #expect(none.bytes == [])
        let isSame = none == Secret(copying: [])
        #expect(isSame)
    }

    @Test func anErrorWhileFillingComesThrough() {
        struct Interrupted: Error, Equatable { let after: Int }
        #expect(throws: Interrupted(after: 1)) {
            _ = try Secret(capacity: 10) { out throws(Interrupted) in
                out.append(UInt8(7))
                throw Interrupted(after: out.byteCount)
            }
        }
    }

    @Test func randomSecretsDiffer() {
        let one = Secret.random(count: 16)
        let other = Secret.random(count: 16)
        #expect([one.count, other.count] == [16, 16])
        let isSame = one == other
        #expect(isSame == false)
    }

    @Test(
        arguments: [
            ([], [], true), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false), ([0, 2], [1, 2], false),
            ([1], [1, 2], false),
            ([1, 2], [1], false), ([], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func equalityIsOfBytes(one: [UInt8], other: [UInt8], isEqual: Bool) {
        let answer = Secret(copying: one) == Secret(copying: other)
        #expect(answer == isEqual)
    }

    @Test(arguments: [
        ("", ""), ("\n", ""), ("\r\n", ""), ("\r", "\r"), ("\n\n", "\n"), ("\r\n\r\n", "\r\n"), ("\n\r", "\n\r"),
        ("\r\r\n", "\r"), ("word", "word"), ("word\n", "word"), ("word\r\n", "word"), ("word\n ", "word\n "),
        (" word \n", " word "), ("\nword", "\nword"),
    ])
    func oneNewlineIsTakenOff(text: String, kept: String) {
        #expect(Secret(copying: text.utf8).withoutTrailingNewline().bytes == Array(kept.utf8))
    }

    @Test(arguments: [("", false), ("word", false), ("\0", true), ("wo\0rd", true), ("word\0", true), ("0", false)])
    func aZeroByteIsFound(text: String, isFound: Bool) {
        let answer = Secret(copying: text.utf8).holdsNUL
        #expect(answer == isFound)
    }

    @Test(arguments: [("", "word"), ("word", ""), ("", ""), ("two ", "words")])
    func joiningPutsOneAfterTheOther(first: String, second: String) {
        let joined = Secret.joining(Secret(copying: first.utf8), Secret(copying: second.utf8))
        #expect(joined.bytes == Array((first + second).utf8))
    }

    @Test(arguments: [0..<4, 0..<0, 4..<4, 1..<3, 3..<4]) func aCopyHoldsARange(range: Range<Int>) {
        let bytes: [UInt8] = [10, 11, 12, 13]
        #expect(Secret(copying: bytes).copy(range).bytes == Array(bytes[range]))
    }

    @Test func aCopyOutlivesItsOrigin() {
        let copy = {
            let origin = Secret(copying: [1, 2, 3])
            return origin.copy()
        }()
        #expect(copy.bytes == [1, 2, 3])
    }

    @Test(
        arguments: [
            (Array("admin".utf8), "admin"), (Array("Jörg 🦊".utf8), "Jörg 🦊"), ([], ""), ([0xff], nil),
            ([0xc3], nil), (Array("a\nb".utf8), nil), (Array("a\u{7f}".utf8), nil), ([0], nil),
        ] as [([UInt8], String?)])
    func textIsPlainUTF8(bytes: [UInt8], text: String?) {
        #expect(Secret(copying: bytes).text == text)
    }

    @Test func fingerprintsAreKeyed() {
        let key = Secret.random(count: 32)
        let secret = Secret.madeUp()
        let print = secret.fingerprint(keyedBy: key, count: 16)
        #expect(print.count == 16)
        #expect(secret.copy().fingerprint(keyedBy: key, count: 16) == print)
        #expect(secret.fingerprint(keyedBy: Secret.random(count: 32), count: 16) != print)
        #expect(Secret.madeUp().fingerprint(keyedBy: key, count: 16) != print)
    }
}

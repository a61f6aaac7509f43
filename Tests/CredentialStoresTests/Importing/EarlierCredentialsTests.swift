import CredentialStores
import Secrets
import TestSupport
import Testing

/// A file of the earlier tool is known by its shape, and no other is taken for one.
@Suite struct EarlierCredentialsTests {
    @Test(arguments: [
        #"{"A": "TOKEN", "B_2": "TOKEN"}"#,
        #"{"version": 1, "salt": "c2FsdA==", "credentials": {"A":"TOKEN","B_2":"TOKEN"}}"#,
        "{\n\t\"A\" :\n\"TOKEN\" , \"B_2\": \"TWICE\", \"note\": \"a \\\"quoted\\\" word\", \"all\": [\"x\", \"TOKEN\"]}\n",
        "A=TOKEN\nB_2=TOKEN", "\u{20}# made by\r\nA: TOKEN\r\n\r\nB_2 : \"TOKEN\"\r\n", "A='TWICE'\nB_2=TWICE\n",
    ])
    func namesAreFound(_ template: String) throws {
        #expect(try found(template)?.names == ["A", "B_2"])
    }

    /// Whoever deletes the file must know of them too.
    @Test func namesThatNoCredentialHasAreTold() throws {
        let names = try found(#"{"A": "TOKEN", "not a name": "TOKEN", "B_2": "TOKEN"}"#)?.names
        #expect(names == ["A", "not a name", "B_2"])
    }

    @Test(arguments: ["TOKEN", " TWICE\n"]) func whereAllIsEncryptedThereAreNone(_ template: String) throws {
        #expect(try found(template)?.names == [])
    }

    @Test(arguments: [
        "", "\n", "A=b\n", "{}", "[]", "{\"A\": \"b\"}", "{\"A\": ", "{\"A\": \"TOKEN", "A=TOKEN\nB=b\n",
        "A=TOKEN # x\n", "A",
        "A=gAAAAAshort\n", "A=gAAAAA=\n", "TOKENx", "x TOKEN", "A=TOKENTOKEN\nB",
    ])
    func anotherFileIsNone(_ template: String) throws {
        let isNone = try found(template) == nil
        #expect(isNone)
    }

    /// One letter more or less, or another one, and it is no token.
    @Test func aTokenIsLookedAtClosely() throws {
        let token = Self.base64(Self.token())
        #expect(EarlierCredentials(Secret(copying: token.utf8)) != nil)
        for wrong in [
            String(token.dropLast(4)), "h" + token.dropFirst(), String(token.dropLast()) + "*", token + "AAAA",
            String(token.dropLast(70)),
        ] {
            let isNone = EarlierCredentials(Secret(copying: wrong.utf8)) == nil
            #expect(isNone)
        }
    }

    private func found(_ template: String) throws -> EarlierCredentials? {
        let token = Self.base64(Self.token())
        let text = template.replacing("TWICE", with: Self.base64(Array(token.utf8))).replacing("TOKEN", with: token)
        return EarlierCredentials(Secret(copying: text.utf8))
    }

    private static func token() -> [UInt8] {
        [0x80, 0, 0, 0, 0, 0x68] + (0..<Int.random(in: 1...4) * 16 + 51).map { _ in .random(in: .min ... .max) }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let groups = stride(from: 0, to: bytes.count, by: 3).flatMap { start in
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            let all = [18, 12, 6, 0].map { letters[bits >> $0 & 63] }
            return all.prefix(group.count + 1) + [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count)
        }
        return String(decoding: groups, as: UTF8.self)
    }
}

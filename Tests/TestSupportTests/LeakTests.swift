import Secrets
import SystemPackage
import TestSupport
import Testing

/// A search that cannot find is worth nothing: each shape is planted once and must be found.
@Suite struct LeakTests {
    @Test(arguments: [
        "p w%/é~*\"+1",  // as it is
        "p w%/é~*\\\"+1",
        "702077252fc3a97e2a222b31",
        "702077252FC3A97E2A222B31",
        "p%20w%25%2f%c3%a9~%2a%22%2b1",
        "p%20w%25%2F%C3%A9~%2A%22%2B1",
        "p+w%25%2F%C3%A9%7E*%22%2B1",
        "cCB3JS/DqX4qIisx",
        "eDpwIHclL8OpfioiKzE=",  // x:, the secret
        "eHg6cCB3JS_DqX4qIisxIQ",  // xx:, the secret, !
        "eXAgdyUvw6l+KiIrMSEhIQ==",  // y, the secret, !!!
        "p w%\\/é~*\\\"+1",
        "p w%/\\u00e9~*\\\"+1",
        "p w%/\\u00E9~*\\\"+1",
    ]) func aPlantedSecretIsFound(_ planted: String) async throws {
        try await TestHome.with { home in
            let secret = Secret(copying: "p w%/é~*\"+1".utf8)
            let place = home.state.appending("journal")
            try Files.write("before \(planted) after", to: place)
            let found = try home.leaks(of: secret)
            #expect(found == [place])
        }
    }

    @Test(arguments: ["p w%/é~*\"+1", "päß€🔑 w%1"], [true, false])
    func oneInUTF16IsFound(_ text: String, isLittleEndian: Bool) async throws {
        try await TestHome.with { home in
            let place = home.state.appending("file")
            let bytes = text.utf16.flatMap { unit in
                let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8))
                return isLittleEndian ? [low, high] : [high, low]
            }
            try Files.write([1, 2, 3] + bytes, to: place)
            let found = try home.leaks(of: Secret(copying: text.utf8))
            #expect(found == [place])
        }
    }

    @Test(arguments: ["", "p w%", "p w%/é~*\"+2", "eDpwIHcl"]) func anotherTextIsNot(_ text: String) async throws {
        try await TestHome.with { home in
            let secret = Secret(copying: "p w%/é~*\"+1".utf8)
            try Files.write(text, to: home.path.appending("file"))
            let found = try home.leaks(of: secret)
            #expect(found == [])
        }
    }
}

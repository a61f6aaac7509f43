import Testing

@testable import QBittorrentClient

@Suite struct CookieTests {
    @Test(arguments: [
        ("SID=abc+/=; HttpOnly; path=/; SameSite=Strict", "SID", "abc+/="),
        ("QBT_SID_8080=x; HttpOnly; SameSite=Lax; expires=Mon, 23-Nov-2026 13:09:14 GMT; path=/", "QBT_SID_8080", "x"),
        (" name = value ", "name", "value"),
    ])
    func nameAndValueAreTaken(header: String, name: String, value: String) throws {
        let cookie = try #require(Cookie(setCookie: header))
        #expect(cookie.name == name)
        #expect(cookie.value == value)
    }

    @Test(arguments: ["SID=; expires=Sun, 22-Nov-2026 13:09:14 GMT; path=/", "", "; path=/", "=x", "HttpOnly"])
    func whatDeletesOrIsNoneIsLeftOut(header: String) {
        #expect(Cookie(setCookie: header)?.name == nil)
    }

    /// It would have to go back with every request.
    @Test(arguments: [
        "SID=a\u{7}b", "SID=a\r\nx: y", "S\u{0}D=a", "SID=\u{e9}", "SID=" + String(repeating: "x", count: 4094),
    ])
    func whatCannotGoBackIsLeftOut(header: String) {
        #expect(Cookie(setCookie: header)?.name == nil)
    }

    @Test func printingOneDoesNotShowItsValue() throws {
        let cookie = try #require(Cookie(setCookie: "SID=hidden"))
        var dumped = ""
        dump(cookie, to: &dumped)
        for text in ["\(cookie)", String(reflecting: cookie), String(reflecting: [cookie]), dumped] {
            #expect(text.contains("SID"))
            #expect(!text.contains("hidden"))
        }
    }
}

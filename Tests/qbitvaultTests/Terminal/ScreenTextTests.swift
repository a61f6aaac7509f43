import Testing

@testable import qbitvault

@Suite struct ScreenTextTests {
    @Test(arguments: [
        ("v5.1.0", "v5.1.0\n"), ("a\tb\n", "a\tb\n"), ("", ""), ("ü👩‍👩‍👧", "ü👩‍👩‍👧\n"),
        ("\u{1b}[2J\u{7}\r\u{7f}\u{9b}1m", "\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}\u{fffd}1m\n"),
        ("a\u{202e}b\u{2066}c\u{200f}", "a\u{fffd}b\u{fffd}c\u{fffd}\n"),
    ])
    func nothingInItCommandsTheTerminal(text: String, shown: String) throws {
        #expect(try #require(ScreenText(Array(text.utf8))).bytes == Array(shown.utf8))
    }

    @Test func whatPeopleAreToldIsMadeHarmlessInTheSameWay() {
        #expect("CN=a\u{202e}b\u{2028}\u{feff}👩‍👩‍👧\n".printable == "CN=a\u{fffd}b\u{fffd}\u{fffd}👩‍👩‍👧\u{fffd}")
    }

    @Test(arguments: [[0xff], [0x61, 0], [0xc3], [0xed, 0xa0, 0x80]] as [[UInt8]])
    func whatIsNoTextIsNotShown(_ bytes: [UInt8]) {
        #expect(ScreenText(bytes) == nil)
    }
}

import Testing

@testable import qbitvault

@Suite struct YamlReaderTests {
    @Test func buildsATreeWithPlaces() throws {
        let root = try YamlReader.read(Array("a: 1\nb:\n  - \"x\"\n  - ~\n".utf8))
        let expected = node(
            .mapping([
                entry("a", 1, 1, node(.scalar("1", plain: true), 1, 4)),
                entry(
                    "b", 2, 1,
                    node(.sequence([node(.scalar("x", plain: false), 3, 5), node(.null, 4, 5)]), 3, 3)),
            ]), 1, 1)
        #expect(root == expected)
    }

    @Test(
        arguments: [
            ("", .null), ("# nothing\n", .null), ("---\n", .null), ("null", .null), ("~", .null), ("NULL", .null),
            ("\"\"", .scalar("", plain: false)), ("'null'", .scalar("null", plain: false)),
            ("\u{FEFF}x", .scalar("x", plain: true)), ("|\n  one\n  two\n", .scalar("one\ntwo\n", plain: false)),
            ("{}", .mapping([])), ("[]", .sequence([])),
            ("\"\\u00e9 \u{1F511}\"", .scalar("é \u{1F511}", plain: false)),
        ] as [(String, YamlNode.Content)])
    func readsOneValue(_ text: String, _ content: YamlNode.Content) throws {
        #expect(try YamlReader.read(Array(text.utf8)).content == content)
    }

    @Test(
        arguments: [
            ("a: 1\nb: 2\na: 3\n", .duplicateKey("a", firstLine: 1), 3, 1),
            ("a: {x: 1,\n x: 2}", .duplicateKey("x", firstLine: 1), 2, 2),
            ("a: &here 1\n", .anchor, 1, 4), ("a:\n  &here\n  b: 1\n", .anchor, 2, 3), ("a: &h [1]", .anchor, 1, 4),
            ("a: 1\nb: *a\n", .alias, 2, 4),
            ("a: !!str 1\n", .tag, 1, 4), ("a: ! 1\n", .tag, 1, 4), ("a: !x {}\n", .tag, 1, 4),
            ("a: !x []\n", .tag, 1, 4),
            ("a: 1\n---\nb: 1\n", .severalDocuments, 2, 1),
            ("? [a]\n: 1\n", .keyNotText, 1, 3), ("? {a: 1}\n: 1\n", .keyNotText, 1, 3),
            ("a: [1\nb: 2\n", .syntax("did not find expected ',' or ']'"), 2, 2),
            ("a:\n\t- b\n", .syntax("found character that cannot start any token"), 2, 1),
            ("a: \"b\n", .syntax("found unexpected end of stream"), 2, 1),
            ("a: b\nc: \u{1}\n", .syntax("control characters are not allowed"), 2, 4),
        ] as [(String, YamlError.Code, Int, Int)])
    func refuses(_ text: String, _ code: YamlError.Code, line: Int, column: Int) {
        #expect(throws: YamlError(code, at: YamlPosition(line: line, column: column))) {
            try YamlReader.read(Array(text.utf8))
        }
    }

    @Test func refusesWhatIsNotUTF8() {
        let bytes = Array("a: 1\nb: ".utf8) + [0xC3, 0x28]
        #expect(throws: YamlError(.notUTF8, at: YamlPosition(line: 2, column: 4))) { try YamlReader.read(bytes) }
    }

    @Test func looksSixteenLevelsDeep() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        #expect(try YamlReader.read(nested(16)).content != .null)
        #expect(throws: YamlError(.tooDeep(limit: 16), at: YamlPosition(line: 1, column: 17))) {
            try YamlReader.read(nested(17))
        }
        // Ends at the seventeenth, however many there are.
        #expect(throws: YamlError(.tooDeep(limit: 16), at: YamlPosition(line: 1, column: 17))) {
            try YamlReader.read(nested(500_000))
        }
    }

    @Test func readsOneMebibyteAndNoMore() throws {
        let full = [UInt8(ascii: "#")] + [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20 - 1)
        #expect(try YamlReader.read(full).content == .null)
        #expect(throws: YamlError(.tooLarge(limit: 1 << 20), at: .start)) {
            try YamlReader.read(full + [UInt8(ascii: "x")])
        }
    }

    private func node(_ content: YamlNode.Content, _ line: Int, _ column: Int) -> YamlNode {
        YamlNode(content: content, position: YamlPosition(line: line, column: column))
    }

    private func entry(_ key: String, _ line: Int, _ column: Int, _ value: YamlNode) -> YamlEntry {
        YamlEntry(key: key, position: YamlPosition(line: line, column: column), value: value)
    }
}

import Testing
import TorrentCreation

@Suite struct BencodeTests {
    @Test(arguments: [
        "i0e", "i-1e", "i9223372036854775807e", "i-9223372036854775808e", "0:", "3:abc", "le", "de", "l0:i1e2:xye",
        "d0:i1e1:ai2ee", "d1:ad1:bl1:ceee", "d1:Ai1e1:ai2e2:aai3ee",
    ])
    func soundDocumentsAreReadWhole(_ text: String) throws {
        #expect(try Bencode(Array(text.utf8)).root.range == 0..<text.utf8.count)
    }

    @Test(
        arguments: [
            ("", .truncated, 0), ("i", .truncated, 1), ("i1", .truncated, 2), ("i-", .truncated, 2),
            ("ie", .notCanonical, 1), ("i-e", .notCanonical, 2), ("i-0e", .notCanonical, 1), ("i01e", .notCanonical, 1),
            ("i-01e", .notCanonical, 2), ("i00e", .notCanonical, 1), ("i+1e", .unexpectedByte(0x2b), 1),
            ("i 1e", .unexpectedByte(0x20), 1), ("i1.5e", .unexpectedByte(0x2e), 2),
            ("i--1e", .unexpectedByte(0x2d), 2),
            ("i9223372036854775808e", .numberTooLarge, 1), ("i-9223372036854775809e", .numberTooLarge, 2),
            ("i99999999999999999999999e", .numberTooLarge, 1),
            ("3:ab", .truncated, 0), ("3", .truncated, 1), ("03:abc", .notCanonical, 0), ("00:", .notCanonical, 0),
            ("3;abc", .unexpectedByte(0x3b), 1), ("9223372036854775807:", .truncated, 0),
            ("9223372036854775808:", .numberTooLarge, 0), ("-1:a", .unexpectedByte(0x2d), 0),
            ("l", .truncated, 1), ("li1e", .truncated, 4), ("e", .unexpectedByte(0x65), 0),
            ("x", .unexpectedByte(0x78), 0),
            ("d", .truncated, 1), ("d1:a", .truncated, 4), ("d1:ae", .valueMissing, 4), ("d1:ai1e", .truncated, 7),
            ("di1e1:ae", .keyNotString, 1), ("dle1:ae", .keyNotString, 1), ("ddei1ee", .keyNotString, 1),
            ("d1:bi1e1:ai2ee", .keysNotSorted, 7), ("d1:ai1e1:ai2ee", .keysNotSorted, 7),
            ("d2:aai1e1:ai2ee", .keysNotSorted, 8), ("d1:ai1e0:i2ee", .keysNotSorted, 7),
            ("i1ei2e", .trailingBytes, 3), ("lee", .trailingBytes, 2), ("0:\n", .trailingBytes, 2),
        ] as [(String, MetainfoError.Code, Int)]
    )
    func unsoundDocumentsAreRefused(_ text: String, _ code: MetainfoError.Code, _ offset: Int) {
        #expect(throws: MetainfoError(code, at: offset)) { try Bencode(Array(text.utf8)) }
    }

    @Test func valuesAreFoundWhereTheyStand() throws {
        let document = try Bencode(Array("d1:al2:xyi-42ee1:bd1:c0:ee".utf8))
        let list = try #require(document.root["a"])
        #expect(list.range == 4..<15)
        #expect(list.items?.map(\.integer) == [nil, -42])
        #expect(list.items?.map { $0.string.map(Array.init) } == [Array("xy".utf8), nil])
        #expect(document.root["b"]?["c"]?.string == [])
        #expect(document.root["c"] == nil)
        #expect(list["a"] == nil)
        #expect(document.root.entries?.map { Array($0.key) } == [[0x61], [0x62]])
    }

    @Test(arguments: [Int64.min, Int64.min + 1, -1, 0, 1, Int64.max])
    func numbersKeepTheirValue(_ number: Int64) throws {
        #expect(try Bencode(Array("i\(number)e".utf8)).root.integer == number)
    }

    @Test func costsAreBounded() throws {
        func read(_ text: String, bytes: Int = 1000, depth: Int = 3, values: Int = 5) throws(MetainfoError) {
            _ = try Bencode(Array(text.utf8), limits: Bencode.Limits(bytes: bytes, depth: depth, values: values))
        }
        try read("lllee" + "e")
        #expect(throws: MetainfoError(.tooDeep(limit: 3), at: 3)) { try read("llllee" + "ee") }
        try read("l0:0:0:0:e")
        #expect(throws: MetainfoError(.tooManyValues(limit: 5), at: 9)) { try read("l0:0:0:0:0:e") }
        try read("2:ab", bytes: 4)
        #expect(throws: MetainfoError(.tooLarge(limit: 4), at: 4)) { try read("3:abc", bytes: 4) }
    }

    @Test func aMillionOpenListsAreRefusedWithoutRecursion() {
        let bytes = [UInt8](repeating: UInt8(ascii: "l"), count: 1_000_000)
        #expect(throws: MetainfoError(.tooDeep(limit: 100), at: 100)) { try Bencode(bytes) }
        #expect(throws: MetainfoError(.truncated, at: 1_000_000)) {
            try Bencode(bytes, limits: Bencode.Limits(bytes: .max, depth: .max, values: .max))
        }
    }
}

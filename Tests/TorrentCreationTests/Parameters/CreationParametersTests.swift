import Testing
import TorrentCreation

@Suite struct CreationParametersTests {
    @Test(arguments: [
        "http://tracker.example/announce", "https://tracker.example:443/k3y/announce?x=1", "udp://tracker.example:6969",
        "udp://tracker.example:6969/announce", "ws://t:1", "wss://t/", "HTTP://T", "http://127.0.0.1:1/a",
        "http://[::1]:8080/a", "http://[2001:db8::1]", "https://name:word@tracker.example/a", "http://bücher.example/",
        "http://t:65535", "http://t?passkey=1", "http://t#x", "http://t/a%20b%7Cc@d:e",
    ])
    func trackersAreTaken(_ url: String) throws {
        #expect(try CreationParameters(trackers: [[url]]).trackers == [[url]])
    }

    @Test(
        arguments: [
            ("", .empty), ("tracker.example/announce", .noScheme), ("tracker.example:80", .noScheme),
            ("http:/tracker.example", .noScheme), ("://tracker.example", .noScheme), ("http//t", .noScheme),
            ("ftp://t/", .unknownScheme(allowed: CreationParameters.trackerSchemes)),
            ("file:///etc/passwd", .unknownScheme(allowed: CreationParameters.trackerSchemes)),
            ("http://", .noHost), ("http:///announce", .noHost), ("http://:80/", .noHost), ("http://name@/", .noHost),
            ("http://?a", .noHost), ("http://t:0", .badPort), ("http://t:65536", .badPort), ("http://t:", .badPort),
            ("http://t:8o", .badPort), ("http://t:+80", .badPort), ("http://a:b:1", .badPort),
            ("http://[::1/", .badHost), ("http://[::1]x", .badHost), ("http://[host]/", .badHost),
            ("http://[]/", .badHost),
            ("http://a\"b", .badHost), ("http://a\\b", .badHost), ("http://a%2fb", .badHost), ("http://{t}/", .badHost),
            (" http://t", .holdsBlank), ("http://t ", .holdsBlank), ("http://t/a b", .holdsBlank),
            ("http://t\n", .holdsBlank), ("http://t/\r\n", .holdsBlank), ("http://t\t", .holdsBlank),
            ("http://t/\0", .holdsBlank), ("http://t/\u{a0}", .holdsBlank), ("http://t/\u{2028}", .holdsBlank),
            ("http://t/\u{200b}", .holdsBlank), ("http://t/a|b", .holdsSeparator),
            ("http://t|http://u", .holdsSeparator),
        ] as [(String, ParameterError.Code)]
    )
    func otherTrackersAreRefused(_ url: String, _ code: ParameterError.Code) {
        #expect(throws: ParameterError(code, in: .tracker(tier: 1, place: 2))) {
            try CreationParameters(trackers: [["http://a"], ["http://b", "http://c", url]])
        }
    }

    @Test func webSeedsHaveSchemesOfTheirOwn() throws {
        #expect(
            try CreationParameters(webSeeds: ["https://w/a", "ftp://w/b"]).webSeeds == ["https://w/a", "ftp://w/b"]
        )
        let error = ParameterError(
            .unknownScheme(allowed: CreationParameters.webSeedSchemes),
            in: .webSeed(place: 1)
        )
        #expect(throws: error) { try CreationParameters(webSeeds: ["http://w", "udp://w:1"]) }
    }

    @Test(arguments: [16 << 10, 1 << 20, 128 << 20])
    func pieceSizesArePowersOfTwo(_ bytes: Int) throws {
        #expect(try CreationParameters(pieceSize: bytes).pieceSize == bytes)
    }

    @Test(
        arguments: [
            (0, .outOfRange(0, allowed: PieceSize.range)), (-16384, .outOfRange(-16384, allowed: PieceSize.range)),
            (8 << 10, .outOfRange(8 << 10, allowed: PieceSize.range)), (20 << 10, .notPowerOfTwo(20 << 10)),
            (256 << 20, .outOfRange(256 << 20, allowed: PieceSize.range)),
        ] as [(Int, ParameterError.Code)]
    )
    func otherPieceSizesAreRefused(_ bytes: Int, _ code: ParameterError.Code) {
        #expect(throws: ParameterError(code, in: .pieceSize)) { try CreationParameters(pieceSize: bytes) }
    }

    @Test func textAndLimitAreLookedAt() throws {
        #expect(throws: ParameterError(.holdsNUL, in: .comment)) { try CreationParameters(comment: "a\0b") }
        #expect(throws: ParameterError(.holdsNUL, in: .source)) { try CreationParameters(source: "\0") }
        #expect(throws: ParameterError(.outOfRange(-1, allowed: 0...Int.max), in: .paddedFileSizeLimit)) {
            try CreationParameters(paddedFileSizeLimit: -1)
        }
        let plain = try CreationParameters(comment: " two\r\nlines & + % é ", source: "A|B", paddedFileSizeLimit: 0)
        #expect(plain.comment == " two\r\nlines & + % é " && plain.source == "A|B" && plain.paddedFileSizeLimit == 0)
    }

    @Test func emptyTiersAreLeftOut() throws {
        let parameters = try CreationParameters(trackers: [[], ["http://a"], [], ["http://b"], []])
        #expect(parameters.trackers == [["http://a"], ["http://b"]])
    }

    @Test func tuningGoesAndTheRestStays() throws {
        func make(_ size: Int?, _ alignment: Bool?, _ limit: Int?) throws -> CreationParameters {
            try CreationParameters(
                format: .v2,
                isPrivate: true,
                pieceSize: size,
                comment: "c",
                source: "s",
                trackers: [["http://a"]],
                webSeeds: ["http://w"],
                ignoreDotfiles: false,
                optimizeAlignment: alignment,
                paddedFileSizeLimit: limit
            )
        }
        #expect(try make(1 << 20, true, 5).withoutTuning() == make(nil, nil, nil))
    }
}

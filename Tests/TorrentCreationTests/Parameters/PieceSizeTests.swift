import Testing
import TorrentCreation

@Suite struct PieceSizeTests {
    @Test(
        arguments: [
            ("auto", nil), ("AUTO", nil), (" auto ", nil), ("0", nil), ("0 MiB", nil), ("16384", 16 << 10),
            ("16KiB", 16 << 10), ("16 KiB", 16 << 10), ("16k", 16 << 10), ("16 KB", 16 << 10), ("16384B", 16 << 10),
            ("1 MiB", 1 << 20), ("1024 kib", 1 << 20), ("4m", 4 << 20), ("128MiB", 128 << 20), ("131072K", 128 << 20),
        ] as [(String, Int?)]
    )
    func sizesAreRead(_ text: String, _ bytes: Int?) throws { #expect(try PieceSize.read(text) == bytes) }

    @Test(
        arguments: [
            ("", .notASize), ("KiB", .notASize), ("1.5 MiB", .notASize), ("-1", .notASize), ("16 TiB", .notASize),
            ("16 KiB!", .notASize), ("automatic", .notASize), ("1e6", .notASize), ("٣", .notASize),
            ("99999999999999999999", .notASize), ("1", .outOfRange(1, allowed: PieceSize.range)),
            ("8 KiB", .outOfRange(8192, allowed: PieceSize.range)),
            ("256 MiB", .outOfRange(256 << 20, allowed: PieceSize.range)),
            ("9223372036854775807 MiB", .outOfRange(.max, allowed: PieceSize.range)),
            ("17 KiB", .notPowerOfTwo(17 << 10)), ("16385", .notPowerOfTwo(16385)),
            ("100 MB", .notPowerOfTwo(100 << 20)),
        ] as [(String, ParameterError.Code)]
    )
    func othersAreRefused(_ text: String, _ code: ParameterError.Code) {
        #expect(throws: ParameterError(code, in: .pieceSize)) { try PieceSize.read(text) }
    }

    @Test(
        arguments: [
            (nil, "auto"), (16 << 10, "16 KiB"), (512 << 10, "512 KiB"), (1 << 20, "1 MiB"), (128 << 20, "128 MiB"),
            (1536 << 10, "1536 KiB"), (16385, "16385 B"), (0, "0 B"),
        ] as [(Int?, String)]
    )
    func sizesAreWritten(_ bytes: Int?, _ text: String) { #expect(PieceSize.text(for: bytes) == text) }

    @Test func whatIsWrittenCanBeRead() throws {
        for shift in 14...27 { #expect(try PieceSize.read(PieceSize.text(for: 1 << shift)) == 1 << shift) }
    }
}

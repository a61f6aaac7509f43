import Secrets
import TestSupport
import Testing

@testable import CredentialStores

/// Ours against python-dotenv, byte for byte.
@Suite struct DotEnvDialectTests {
    @Test func filesAsPeopleWriteThem() async throws { try await compare(DotEnvFiles.written) }

    @Test func filesMadeOfTheDialectsOwnPieces() async throws {
        let seed = UInt64.random(in: .min ... .max)
        var numbers = SplitMix(state: seed)
        let files = (0..<3000).map { _ in
            (0..<Int.random(in: 1...14, using: &numbers)).flatMap { _ in
                DotEnvFiles.pieces.randomElement(using: &numbers) ?? []
            }
        }
        let readable = try await compare(files, note: "seed \(seed)")
        #expect(readable > 300, "too few of the files could be read to compare much")
    }

    /// The number of files that both could read.
    @discardableResult
    private func compare(_ files: [[UInt8]], note: Comment = "") async throws -> Int {
        let theirs = try await PythonDotEnv.read(files)
        try #require(theirs.count == files.count)
        for (file, theirs) in zip(files, theirs) {
            #expect(read(file) == theirs, "\(String(decoding: file, as: UTF8.self).debugDescription) \(note)")
        }
        return theirs.count { $0 != nil }
    }

    private func read(_ file: [UInt8]) -> PythonDotEnv.Reading? {
        let text = Secret(copying: file)
        return text.withBytes { text in
            guard let assignments = try? DotEnvParser.assignments(in: text) else { return nil }
            var values: [String: String] = [:]
            for assignment in assignments {
                values[assignment.name] = assignment.value.map { hexadecimal($0.decoded(from: text).bytes) } ?? "none"
            }
            return values.map { "\(hexadecimal(Array($0.key.utf8)))=\($0.value)" }.sorted()
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        "x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Random numbers that a seed repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

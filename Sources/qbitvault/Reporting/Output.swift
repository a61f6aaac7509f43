import FoundationEssentials
import Glibc
import QBittorrentClient
import Secrets
import SystemPackage

/// Standard output and standard error. Output holds results alone.
struct Output: Sendable {
    let isJSON: Bool
    let isQuiet: Bool
    /// The server that words are about, where there are several.
    var label: String?

    /// A result: one JSON document, or its text.
    func result(_ result: some Encodable & CustomStringConvertible) throws {
        try write(isJSON ? Self.json(result) : Array((result.description + "\n").utf8))
    }

    /// What was done: for people a word beside the result, of which there is none; for programs the result itself.
    func done(_ words: String, _ document: some Encodable) throws {
        if isJSON { try write(Self.json(document)) } else { note(words) }
    }

    /// What somebody else has made, its bytes and nothing else.
    func raw(_ bytes: [UInt8]) throws { try write(bytes) }

    /// The bytes of a secret and nothing else.
    func secret(_ secret: borrowing Secret) throws {
        try secret.withBytes { bytes in
            try unsafe bytes.withUnsafeBufferPointer { buffer in
                try Self.writing { try unsafe FileDescriptor.standardOutput.writeAll(buffer) }
            }
        }
    }

    /// A word beside the result.
    func note(_ text: String) {
        if !isQuiet { Self.complain("qbitvault: \(label.map { "\($0): " } ?? "")\(text.printable)\n") }
    }

    /// Lines beside the result, for people.
    func table(_ lines: [String]) {
        if !isQuiet, !isJSON { Self.complain(lines.map { $0.printable + "\n" }.joined()) }
    }

    /// A result as one JSON document, where that is wanted.
    func document(_ result: some Encodable) throws {
        if isJSON { try write(Self.json(result)) }
    }

    /// A result as text, where no JSON is wanted.
    func text(_ lines: [String]) throws {
        if !isJSON { try write(lines.flatMap { Array(($0 + "\n").utf8) }) }
    }

    /// How it ended. With `--json` also as a document, so that whoever reads one gets one.
    func problem(_ problem: Problem) {
        try? document(problem)
        complain(problem)
    }

    /// What went wrong, where a document says so in another way.
    func complain(_ problem: Problem) { Self.complain(problem.description) }

    private func write(_ bytes: [UInt8]) throws {
        try Self.writing { try FileDescriptor.standardOutput.writeAll(bytes) }
    }

    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return harmless(Array(try encoder.encode(value))) + [UInt8(ascii: "\n")]
    }

    /// The same document, with what the encoder leaves as it is and a terminal would obey written as `\u009b`.
    ///
    /// - Parameter json: outside its strings it is ASCII.
    private static func harmless(_ json: [UInt8]) -> [UInt8] {
        guard json.contains(where: { $0 >= 0x7f }) else { return json }
        var harmless = ""
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            guard !scalar.isHarmless else {
                harmless.unicodeScalars.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar) ?? .init() {
                let digits = String(unit, radix: 16)
                harmless += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return Array(harmless.utf8)
    }

    private static func writing(_ body: () throws -> Int) throws {
        do { _ = try body() } catch {
            let code = error as? Errno ?? .ioError
            if code == .brokenPipe { throw Problem(.brokenPipe, "Nobody reads the output.") }
            throw Problem(
                .resultCannotBeWritten, "It cannot be written: \(code).", at: "standard output",
                next: "make room, or send it elsewhere")
        }
    }

    private static func complain(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(text.utf8) }
}

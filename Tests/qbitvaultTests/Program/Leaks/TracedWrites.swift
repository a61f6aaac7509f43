import Secrets
import SystemPackage
import TestSupport

/// System calls that give something to the kernel, as strace sees them.
struct TracedWrites {
    struct Call: CustomStringConvertible {
        let name: String
        /// What it is written to: `</home/x/file>`, `<pipe:[5]>`, `<TCP:[127.0.0.1:4->127.0.0.1:5]>`.
        let target: String
        /// The arguments that hold strings, each with all its strings one after the other.
        let arguments: [[UInt8]]

        var description: String { "\(name) \(target)" }
    }

    private(set) var calls: [Call] = []

    /// What starts a program so that it is traced, before the program's own name. What is read is left out.
    static func starter(to file: FilePath) -> [String] {
        [
            "unshare", "--map-root-user", "strace", "--follow-forks", "--decode-fds=all", "--no-abbrev",
            "--strings-in-hex=all", "--string-limit=1000000", "--trace", "!read,readv,pread64,preadv,recvfrom,recvmsg",
            "--quiet=all", "--output", file.string,
        ]
    }

    init(_ trace: String) {
        // A call that others come between is told in two parts.
        var begun: [Substring: Substring] = [:]
        for line in trace.split(separator: "\n") {
            let process = line.prefix { $0.isNumber }
            let rest = line.dropFirst(process.count).drop { $0 == " " }
            if rest.hasSuffix("<unfinished ...>") {
                begun[process] = rest.dropLast("<unfinished ...>".count)
            } else if rest.hasPrefix("<... "), let end = rest.firstRange(of: "resumed>") {
                take((begun.removeValue(forKey: process) ?? "") + rest[end.upperBound...])
            } else {
                take(rest)
            }
        }
        for rest in begun.values { take(rest) }
    }

    /// The calls that hand on `secret`, in one of its forms.
    func handing(on secret: borrowing Secret) -> [Call] {
        let forms = SecretForms(of: secret)
        return calls.filter { call in
            call.arguments.contains { forms.occur(in: $0) } || forms.occur(in: Array(call.target.utf8))
        }
    }

    private mutating func take(_ call: Substring) {
        guard call.utf8.contains(UInt8(ascii: "\"")), let open = call.firstIndex(of: "(") else { return }
        let first = call[open...].dropFirst().drop { $0.isNumber }
        let target = first.first == "<" ? first.prefix { $0 != "," && $0 != ")" } : ""
        calls.append(
            Call(
                name: String(call[..<open]), target: String(decoding: Self.decoded(target), as: UTF8.self),
                arguments: Self.arguments(call[open...])))
    }

    /// Strings within one pair of brackets are the parts of one argument: a list of words, or what is gathered from
    /// several places.
    private static func arguments(_ text: Substring) -> [[UInt8]] {
        var (all, depth): ([[UInt8]], Int) = ([], 0)
        var isNew = true
        // In hexadecimal, a string holds no quotes.
        for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if index.isMultiple(of: 2) {
                for letter in part.utf8 where letter == UInt8(ascii: "[") || letter == UInt8(ascii: "]") {
                    depth += letter == UInt8(ascii: "[") ? 1 : -1
                    isNew = true
                }
            } else {
                if isNew || depth == 0 { all.append([]) }
                all[all.count - 1] += decoded(part)
                isNew = false
            }
        }
        return all
    }

    /// `\x41B` is AB.
    private static func decoded(_ text: Substring) -> [UInt8] {
        var (bytes, rest): ([UInt8], _) = ([], Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x") else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(3)
        }
        return bytes
    }
}

extension Scene {
    /// Runs the program, and tells which calls handed `secret` on.
    func trace(
        _ words: [String], for secret: borrowing Secret, input: consuming Secret? = nil,
        environment: [String: String] = [:]
    ) async throws -> (run: ToolRun, writes: TracedWrites) {
        let given = try Self.piped(input)
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let file = folder.appending("trace")
        let run = try await home.run(
            words, input: given, environment: environment, by: TracedWrites.starter(to: file))
        return (run, TracedWrites(String(decoding: try Files.bytes(file), as: UTF8.self)))
    }
}

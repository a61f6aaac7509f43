import Crypto
import Glibc
import SecureFiles
import SystemPackage

/// The file behind `MadeTorrents`: a line for each torrent, with a mark of its path in front so that only those that
/// are asked for need be decoded. The last line about a path counts.
struct MadeTorrentList: Sendable {
    private var lines: [String: ArraySlice<UInt8>] = [:]

    /// A file that cannot be read is one of nothing: that only costs time.
    init(at path: FilePath) {
        guard let bytes = try? FileReading.bytes(at: path, rule: .strict, limit: 1 << 30) else { return }
        let count = read(bytes)
        if count > 2 * lines.count + 1000 { try? Self.shorten(path) }
    }

    func last(of path: String) -> ArraySlice<UInt8>? { lines[Self.mark(path)] }

    mutating func add(_ json: ArraySlice<UInt8>, of path: String) { lines[Self.mark(path)] = json }

    /// Adds a line at the end, in one write.
    static func append(_ json: [UInt8], of path: String, to file: FilePath) throws {
        _ = try locked(file) { descriptor in
            try descriptor.writeAll(Array(mark(path).utf8) + [UInt8(ascii: " ")] + json + [UInt8(ascii: "\n")])
        }
    }

    /// - Returns: the number of lines.
    private mutating func read(_ bytes: [UInt8]) -> Int {
        let all = bytes.split(separator: UInt8(ascii: "\n"))
        for line in all {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
            lines[String(decoding: line[..<space], as: UTF8.self)] = line[(space + 1)...]
        }
        return all.count
    }

    /// Writes the file anew, without lines that no longer count.
    private static func shorten(_ path: FilePath) throws {
        try locked(path) { _ in
            var list = MadeTorrentList()
            _ = list.read(try FileReading.bytes(at: path, rule: .strict, limit: 1 << 30))
            let staged = try StagedFile(for: path, mode: [.ownerReadWrite])
            for (mark, json) in list.lines {
                try staged.write((Array(mark.utf8) + [UInt8(ascii: " ")] + json + [UInt8(ascii: "\n")]).span)
            }
            try staged.commit()
        }
    }

    private init() {}

    /// Lends the file while nobody else writes to it or replaces it.
    private static func locked<R>(_ path: FilePath, _ body: (FileDescriptor) throws -> R) throws -> R {
        while true {
            let file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .append, .noFollow, .closeOnExec, .nonBlocking],
                permissions: [.ownerReadWrite])
            defer { try? file.close() }
            guard flock(file.rawValue, LOCK_EX) == 0 else { throw Errno.current }
            // Somebody may have replaced it meanwhile.
            guard try path.stat().inode == file.stat().inode else { continue }
            return try body(file)
        }
    }

    private static func mark(_ path: String) -> String {
        Array(SHA256.hash(data: Array(path.utf8)).prefix(16)).hexadecimal
    }
}

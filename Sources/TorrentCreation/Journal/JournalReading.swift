import FoundationEssentials
import Glibc
import SecureFiles
import SystemPackage

/// What a journal says, as far as it is whole: the last line may have been cut short by a crash.
struct JournalContents: Sendable {
    let server: String
    var seen: Set<String> = []
    var intents: [Int: Intent] = [:]
    /// Ids by the number of their intent.
    var submitted: [Int: String] = [:]
    var deleted: Set<String> = []
    /// Torrents that were about to get their names, and do not stand in the list of what was made; by path.
    var saving: [String: MadeTorrent] = [:]

    /// Nil where it is no journal, or one of another version.
    init?(_ bytes: [UInt8]) {
        let decoder = JSONDecoder()
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
            .compactMap { try? decoder.decode(JournalLine.self, from: Data($0)) }
        guard let begun = lines.first?.begun, begun.version == JournalLine.version else { return nil }
        server = begun.server
        for line in lines { note(line) }
    }

    private mutating func note(_ line: JournalLine) {
        if let ids = line.seen { seen.formUnion(ids) }
        if let intent = line.intent { intents[intent.number] = intent }
        if let new = line.submitted { submitted[new.number] = new.id }
        if let new = line.saving { saving[new.path] = new }
        if let path = line.made { saving[path] = nil }
        if let ids = line.deleted { deleted.formUnion(ids) }
    }

    /// Every id that it says is ours.
    var ours: Set<String> { Set(submitted.values) }
}

/// A journal whose run is gone, locked against others that clean up.
final class AbandonedJournal: Sendable {
    let path: FilePath
    let contents: JournalContents
    private let file: FileDescriptor

    private init(_ path: FilePath, _ file: FileDescriptor, _ contents: JournalContents) {
        (self.path, self.file, self.contents) = (path, file, contents)
    }

    deinit { try? file.close() }

    func remove() { _ = unsafe unlink(path.string) }

    /// Those of a server, and the ids that living runs there call their own.
    static func all(in folder: FilePath, of server: String) -> (gone: [AbandonedJournal], othersIDs: Set<String>) {
        var gone: [AbandonedJournal] = []
        var living: Set<String> = []
        for path in paths(in: folder) {
            guard let bytes = try? FileReading.bytes(at: path, rule: .strict, limit: 256 << 20),
                let contents = JournalContents(bytes), contents.server == server
            else { continue }
            if let journal = lock(path) { gone.append(journal) } else { living.formUnion(contents.ours) }
        }
        return (gone, living)
    }

    /// Torrents that runs which were killed were about to save, by path.
    static func saving(in folder: FilePath, of server: String) -> [String: MadeTorrent] {
        all(in: folder, of: server).gone.reduce(into: [:]) { $0.merge($1.contents.saving) { $1 } }
    }

    private static func paths(in folder: FilePath) -> [FilePath] {
        guard let names = try? FolderNames.read(folder) else { return [] }
        return names.map(\.string)
            .filter { $0.hasPrefix(CreationJournal.prefix) && $0.hasSuffix(CreationJournal.suffix) }.sorted()
            .map { folder.appending($0) }
    }

    /// Nil where its run is alive.
    private static func lock(_ path: FilePath) -> AbandonedJournal? {
        let options: FileDescriptor.OpenOptions = [.noFollow, .closeOnExec, .nonBlocking]
        guard let file = try? FileDescriptor.open(path, .readWrite, options: options) else { return nil }
        // What it says is read once more: its run may have written until now.
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0, (try? file.stat())?.linkCount == 1,
            let bytes = try? FileReading.bytes(at: path, rule: .strict, limit: 256 << 20),
            let contents = JournalContents(bytes)
        else {
            try? file.close()
            return nil
        }
        return AbandonedJournal(path, file, contents)
    }
}

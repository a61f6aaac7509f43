import FoundationEssentials
import Glibc
import QBittorrentClient
import SecureFiles
import Synchronization
package import SystemPackage

/// What one run of `create` has on a server, written down before it is there: so that whatever ends the run, the next
/// one knows which tasks are ours. Locked as long as the run lives; gone when nothing is left on the server.
package final class CreationJournal: Sendable {
    package let path: FilePath
    private let file: FileDescriptor
    private let state = Mutex(State())

    private struct State {
        /// Others' tasks that are written down.
        var seen: Set<String> = []
        /// Ours that are on the server, as far as is known.
        var left: Set<String> = []
        var intents = 0
    }

    /// Begins a journal.
    ///
    /// - Parameters:
    ///   - folder: closed to others; `CreationMemory` makes it.
    ///   - server: its origin.
    init(in folder: FilePath, server: String) throws(FileError) {
        let mark = [UInt8].random(count: 8).hexadecimal
        path = folder.appending(Self.prefix + mark + Self.suffix)
        // Without its name until it is locked: nobody is to take it for one that was left behind.
        let temporary = folder.appending(".\(mark).tmp")
        do {
            file = try FileDescriptor.open(
                temporary, .readWrite, options: [.create, .exclusiveCreate, .append, .noFollow, .closeOnExec],
                permissions: [.ownerReadWrite])
        } catch { throw FileError(.failed(.open, error as? Errno ?? .ioError), at: path) }
        do throws(FileError) {
            guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                throw FileError(.failed(.lock, .current), at: path)
            }
            let begun = JournalLine.Begun(version: JournalLine.version, server: server)
            try append([JournalLine(begun: begun)], isDurable: false)
            guard unsafe rename(temporary.string, path.string) == 0 else {
                throw FileError(.failed(.rename, .current), at: path)
            }
            try Folder.synchronize(folder)
        } catch {
            try? file.close()
            _ = unsafe unlink(temporary.string)
            throw error
        }
    }

    deinit { try? file.close() }

    /// The number of the next intent.
    func nextNumber() -> Int {
        state.withLock { state in
            state.intents += 1
            return state.intents
        }
    }

    /// Writes down what is about to be asked for, and what others have on the server before.
    func intend(_ intents: [Intent], known: Set<String>) throws(FileError) {
        let new = state.withLock { state in
            let new = known.subtracting(state.seen).subtracting(state.left)
            state.seen.formUnion(new)
            return new.sorted()
        }
        try append(
            (new.isEmpty ? [] : [JournalLine(seen: new)]) + intents.map { JournalLine(intent: $0) }, isDurable: true)
    }

    // Once a task is intended, it can be found again: what cannot be written after that is no reason to give it up.

    func noteSubmitted(_ number: Int, _ id: String) {
        state.withLock { _ = $0.left.insert(id) }
        try? append([JournalLine(submitted: JournalLine.Submitted(number: number, id: id))], isDurable: false)
    }

    func noteSaving(_ torrent: MadeTorrent) { try? append([JournalLine(saving: torrent)], isDurable: false) }

    func noteMade(_ torrent: MadeTorrent) { try? append([JournalLine(made: torrent.path)], isDurable: false) }

    func noteDeleted(_ ids: Set<String>) {
        guard !ids.isEmpty else { return }
        state.withLock { $0.left.subtract(ids) }
        try? append([JournalLine(deleted: ids.sorted())], isDurable: false)
    }

    /// Takes over what an earlier run has left.
    func takeOver(_ lines: [JournalLine]) throws(FileError) {
        state.withLock { state in
            for line in lines { line.submitted.map { _ = state.left.insert($0.id) } }
        }
        if !lines.isEmpty { try append(lines, isDurable: true) }
    }

    /// Removes the journal where nothing of this run is left on the server.
    package func close() {
        if state.withLock({ $0.left.isEmpty }) { _ = unsafe unlink(path.string) }
    }

    private func append(_ lines: [JournalLine], isDurable: Bool) throws(FileError) {
        do {
            _ = try file.writeAll(try JournalLine.bytes(of: lines))
            guard !isDurable || fdatasync(file.rawValue) == 0 else { throw Errno.current }
        } catch { throw FileError(.failed(.write, error as? Errno ?? .ioError), at: path) }
    }

    static let prefix = "journal-"
    static let suffix = ".jsonl"
}

extension JournalLine {
    static func bytes(of lines: [JournalLine]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try lines.flatMap { Array(try encoder.encode($0)) + [UInt8(ascii: "\n")] }
    }
}

extension Errno {
    static var current: Errno { Errno(rawValue: errno) }
}

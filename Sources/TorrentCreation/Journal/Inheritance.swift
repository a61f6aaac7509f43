import QBittorrentClient
import SecureFiles
import Synchronization
import SystemPackage

/// What runs that were killed have left: their tasks on the server, and torrents that have their names already.
final class Inheritance: Sendable {
    /// A task of ours that nobody waits for.
    private struct Orphan: Hashable, Sendable {
        let id: String
        let intent: Intent
    }

    private let orphans: Mutex<[Orphan]>
    /// Torrents that were ours to save, by path.
    private let torrents: [String: MadeTorrent]
    private let key: [UInt8]
    /// Intents that have come to nothing as far as can be seen: the request may be on its way still.
    private let unmet: [(intent: Intent, seen: Set<String>)]

    /// Finds what is left, writes it into the journal of this run, and removes the journals that told of it.
    ///
    /// - Parameter tasks: what the server has now.
    init(in place: CreationMemory, among tasks: [CreatorTask], to journal: CreationJournal) throws(FileError) {
        let (gone, living) = AbandonedJournal.all(in: place.folder, of: place.server)
        let claimed = gone.reduce(into: living) { $0.formUnion($1.contents.ours) }
        var orphans: [Orphan] = []
        var torrents: [String: MadeTorrent] = [:]
        var unmet: [(intent: Intent, seen: Set<String>)] = []
        for contents in gone.map(\.contents) {
            torrents.merge(contents.saving) { $1 }
            for (number, var intent) in contents.intents {
                StagedFile.sweep(beside: FilePath(intent.result))
                let id = contents.task(of: number, intent, among: tasks, claimed: claimed, key: place.key)
                intent.number = -1 - orphans.count
                if let id { orphans.append(Orphan(id: id, intent: intent)) }
                if id == nil, contents.submitted[number] == nil { unmet.append((intent, contents.seen)) }
            }
        }
        try journal.takeOver(
            orphans.flatMap { orphan in
                [
                    JournalLine(intent: orphan.intent),
                    JournalLine(submitted: JournalLine.Submitted(number: orphan.intent.number, id: orphan.id)),
                ]
            } + torrents.values.map { JournalLine(saving: $0) }
                // Should this run be killed as well, the next one looks for them.
                + unmet.enumerated().flatMap { number, pending in
                    var intent = pending.intent
                    intent.number = Self.firstUnmet - number
                    return [JournalLine(seen: pending.seen.sorted()), JournalLine(intent: intent)]
                })
        for journal in gone { journal.remove() }
        self.orphans = Mutex(orphans)
        self.torrents = torrents
        key = place.key
        self.unmet = unmet.map { ($0.intent, $0.seen.union(claimed)) }
    }

    /// Numbers from here downwards are of intents that nothing is known of.
    private static let firstUnmet = -1_000_000

    /// Whether something that was asked for may yet appear.
    var mayHaveLatecomers: Bool { !unmet.isEmpty }

    /// Tasks that a server, or a proxy, has made of requests that were on their way when their run was killed, and that
    /// nobody had seen when this run began.
    ///
    /// - Parameter tasks: what the server has after this run's own are gone.
    func latecomers(among tasks: [CreatorTask]) -> Set<String> {
        Set(
            unmet.compactMap { intent, seen in
                let equal = tasks.filter { !seen.contains($0.id) && intent.isMet(by: $0, key: key) }
                return equal.count == 1 ? equal[0].id : nil
            })
    }

    /// A task that was made for what is asked for now, of the same files. It is the caller's from then on.
    func task(for request: CreatorRequest, files: String?) -> String? {
        orphans.withLock { orphans in
            guard let place = orphans.firstIndex(where: { $0.intent.serves(request, files: files, key: key) }) else {
                return nil
            }
            return orphans.remove(at: place).id
        }
    }

    /// Those that nobody has taken. They are the caller's from then on.
    func takeRest() -> Set<String> {
        orphans.withLock { orphans in
            defer { orphans = [] }
            return Set(orphans.map(\.id))
        }
    }

    /// What was about to be saved there.
    func torrent(at path: FilePath) -> MadeTorrent? { torrents[path.string] }
}

extension JournalContents {
    /// The task on the server that is of this intent. Where the answer never came, it is one that nobody has seen before
    /// and that is what was asked for; of several such nobody can tell, and none is touched.
    func task(
        of number: Int, _ intent: Intent, among tasks: [CreatorTask], claimed: Set<String>, key: [UInt8]
    ) -> String? {
        if let id = submitted[number] { return deleted.contains(id) ? nil : tasks.first { $0.id == id }?.id }
        let equal = tasks.filter { !seen.contains($0.id) && !claimed.contains($0.id) && intent.isMet(by: $0, key: key) }
        return equal.count == 1 ? equal[0].id : nil
    }
}

import QBittorrentClient
import SecureFiles
import SystemPackage

/// What one run writes down of its tasks.
struct RunMemory: Sendable {
    let journal: CreationJournal
    let made: MadeTorrents
    let inheritance: Inheritance
    let key: [UInt8]

    /// - Parameter tasks: what the server has now.
    init(_ memory: CreationMemory, among tasks: [CreatorTask]) throws(FileError) {
        key = memory.key
        journal = try memory.journal()
        made = MadeTorrents(memory)
        inheritance = try Inheritance(in: memory, among: tasks, to: journal)
    }

    /// What was last saved at a path: by a run that came to its end, or by one that was killed there.
    func torrent(at path: FilePath) -> MadeTorrent? {
        inheritance.torrent(at: path).flatMap { $0.isUntouched ? $0 : nil } ?? made.torrent(at: path)
    }

    /// A torrent has its name.
    func note(_ torrent: MadeTorrent) {
        made.note(torrent)
        journal.noteMade(torrent)
    }

    /// Writes down which tasks are about to be asked for.
    func intend(_ jobs: [QueueJob], known: Set<String>, _ numbers: inout IntentNumbers) throws(FileError) {
        var intents: [Intent] = []
        for case .submit(let index, let request, let checked) in jobs {
            let number = journal.nextNumber()
            numbers.byIndex[index] = number
            intents.append(
                Intent(
                    number, request, result: checked.order.result.string, files: checked.fingerprint, key: key))
        }
        if !intents.isEmpty { try journal.intend(intents, known: known) }
    }

    func note(_ news: QueueNews, _ numbers: IntentNumbers) {
        switch news {
        case .submitted(let index, .success(.submitted(let id))):
            if let number = numbers.byIndex[index] { journal.noteSubmitted(number, id) }
        default: break
        }
    }
}

/// The intents of the sources under way.
struct IntentNumbers: Sendable {
    var byIndex: [Int: Int] = [:]
}

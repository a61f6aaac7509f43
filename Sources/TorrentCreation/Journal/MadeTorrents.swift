import FoundationEssentials
import Synchronization
import SystemPackage

/// What was made on one server, so that it is not made again.
final class MadeTorrents: Sendable {
    private let path: FilePath
    private let list: Mutex<MadeTorrentList>

    /// A list that cannot be read is one of nothing: that only costs time.
    init(_ memory: CreationMemory) {
        var name = KeyedHash(key: [])
        name.add([memory.server])
        path = memory.folder.appending("made-\(name.finish().prefix(16)).jsonl")
        list = Mutex(MadeTorrentList(at: path))
    }

    /// What was last saved at a path.
    func torrent(at path: FilePath) -> MadeTorrent? {
        guard let json = list.withLock({ $0.last(of: path.string) }),
            let made = try? JSONDecoder().decode(MadeTorrent.self, from: Data(json)), made.path == path.string
        else { return nil }
        return made
    }

    func note(_ torrent: MadeTorrent) {
        guard let json = try? JSONEncoder().encode(torrent) else { return }
        list.withLock { $0.add(Array(json)[...], of: torrent.path) }
        // What cannot be written is made again one day.
        try? MadeTorrentList.append(Array(json), of: torrent.path, to: path)
    }
}

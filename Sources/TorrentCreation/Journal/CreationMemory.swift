package import QBittorrentClient
package import SecureFiles
package import SystemPackage

/// Where runs of `create` on one server remember: a folder with their journals, the list of what was made, and a key.
package struct CreationMemory: Sendable {
    /// Closed to others.
    package let folder: FilePath
    /// The server's origin.
    package let server: String
    /// For keyed hashes of what was asked for.
    let key: [UInt8]

    /// - Parameter folder: made when missing.
    package init(in folder: FilePath, server: String) throws(FileError) {
        self.folder = folder
        self.server = server
        try Folder.makePrivate(folder)
        key = try Self.key(in: folder)
    }

    /// What is there already; nil where no run has been.
    package init?(existingIn folder: FilePath, server: String) throws(FileError) {
        self.folder = folder
        self.server = server
        do throws(FileError) { key = try Self.readKey(in: folder) } catch {
            guard error.code == .absent else { throw error }
            return nil
        }
    }

    /// Those of a server's tasks that runs of this program have made: runs that live, and some that were killed.
    package static func ownTasks(among tasks: [CreatorTask], in folder: FilePath, of server: String) -> Set<String> {
        guard let key = try? readKey(in: folder) else { return [] }
        let (gone, living) = AbandonedJournal.all(in: folder, of: server)
        let claimed = gone.reduce(into: living) { $0.formUnion($1.contents.ours) }
        let found = gone.map(\.contents).flatMap { contents in
            contents.intents.compactMap { contents.task(of: $0, $1, among: tasks, claimed: claimed, key: key) }
        }
        return living.union(found).intersection(tasks.map(\.id))
    }

    /// Whether a run that was killed has asked for a task that is not among these.
    func isExpecting(_ tasks: [CreatorTask]) -> Bool {
        let (gone, living) = AbandonedJournal.all(in: folder, of: server)
        let claimed = gone.reduce(into: living) { $0.formUnion($1.contents.ours) }
        return gone.map(\.contents).contains { contents in
            contents.intents.contains { number, intent in
                contents.submitted[number] == nil
                    && contents.task(of: number, intent, among: tasks, claimed: claimed, key: key) == nil
            }
        }
    }

    func journal() throws(FileError) -> CreationJournal { try CreationJournal(in: folder, server: server) }

    private static let keyFile: FilePath.Component = "hash.key"

    private static func readKey(in folder: FilePath) throws(FileError) -> [UInt8] {
        let path = folder.appending(keyFile)
        let key = try FileReading.bytes(at: path, rule: .strict, limit: 32)
        guard key.count != 32 else { return key }
        // Cut short by a crash of the machine: what was hashed by it is made again.
        try Folder.remove(path)
        throw FileError(.absent, at: path)
    }

    private static func key(in folder: FilePath) throws(FileError) -> [UInt8] {
        let path = folder.appending(keyFile)
        while true {
            do throws(FileError) { return try readKey(in: folder) } catch {
                guard error.code == .absent else { throw error }
            }
            do throws(FileError) {
                let staged = try StagedFile(for: path, mode: [.ownerReadWrite])
                try staged.write([UInt8].random(count: 32).span)
                try staged.commit(replacing: false)
            } catch { guard error.code == .exists else { throw error } }
        }
    }
}

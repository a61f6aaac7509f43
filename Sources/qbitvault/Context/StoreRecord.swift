import FoundationEssentials
import SecureFiles
import SystemPackage

/// What the first write decided: which store, and the key file of its vault. It lies in the state folder.
struct StoreRecord: Codable, Hashable, Sendable {
    /// `keyring` or `vault`.
    var store: String
    /// An absolute path.
    var keyFile: String?

    private enum CodingKeys: String, CodingKey { case store, keyFile = "key_file" }

    static func place(in folders: Folders) throws -> FilePath { try folders.state.appending("store.json") }

    /// Nil when nothing was decided yet.
    static func read(in folders: Folders) throws -> StoreRecord? {
        let path = try place(in: folders)
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(at: path, rule: .strict, limit: 64 << 10) } catch {
            if error.code == .absent { return nil }
            throw error
        }
        guard let record = try? JSONDecoder().decode(StoreRecord.self, from: Data(bytes)) else {
            throw Problem(
                .configuration, "The record of the chosen store is damaged.", at: path.string,
                next: "remove it, and set credentials.store in the configuration")
        }
        return record
    }

    func write(in folders: Folders) throws {
        let path = try Self.place(in: folders)
        do throws(FileError) {
            try Folder.makePrivate(path.removingLastComponent())
            let staged = try StagedFile(for: path, mode: [.ownerReadWrite])
            try staged.write(Array(text.utf8).span)
            try staged.commit()
        } catch { throw Problem(writing: error) }
    }

    /// As it stands in the file.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self)
    }
}

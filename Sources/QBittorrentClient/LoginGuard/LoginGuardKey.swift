import Secrets
import SecureFiles
import SystemPackage

/// The key of fingerprints where no store gives one: random, made once, beside what it keys.
enum LoginGuardKey {
    static func read(in folder: FilePath) throws(FileError) -> Secret {
        let path = folder.appending("fingerprint.key")
        if let key = try load(path) { return key }
        // One at a time, so that all who start together have the same, and nothing is left of a maker that was killed.
        let lock = try FileLock(FilePath(path.string + ".lock"), holder: "the maker of a key", patience: .seconds(10))
        defer { extendLifetime(lock) }
        if let key = try load(path) { return key }
        StagedFile.sweep(beside: path)
        try make(path)
        guard let key = try load(path) else { throw FileError(.absent, at: path) }
        return key
    }

    private static func load(_ path: FilePath) throws(FileError) -> Secret? {
        let key: Secret
        do throws(FileError) { key = try FileReading.secret(at: path, rule: .strict, limit: length) } catch {
            guard case .absent = error.code else { throw error }
            return nil
        }
        guard key.count == length else { throw FileError(.failed(.read, .badMessage), at: path) }
        return key
    }

    private static func make(_ path: FilePath) throws(FileError) {
        let file = try StagedFile(for: path, mode: .ownerReadWrite)
        try Secret.random(count: length).withBytes { bytes throws(FileError) in try file.write(bytes) }
        try file.commit(replacing: false)
    }

    private static let length = 32
}

import Secrets
import SecureFiles
import SystemPackage

/// The key of fingerprints where no vault gives one: random, made once, beside what it keys.
enum LoginGuardKey {
    static func read(in folder: FilePath) throws(FileError) -> Secret {
        let path = folder.appending("fingerprint.key")
        do throws(FileError) { return try load(path) } catch {
            guard case .absent = error.code else { throw error }
        }
        do throws(FileError) { try make(path) } catch {
            // Another process was faster; its key is as good.
            guard case .exists = error.code else { throw error }
        }
        return try load(path)
    }

    private static func load(_ path: FilePath) throws(FileError) -> Secret {
        let key = try FileReading.secret(at: path, rule: .strict, limit: length)
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

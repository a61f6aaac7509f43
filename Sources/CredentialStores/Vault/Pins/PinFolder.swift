import FoundationEssentials
import Secrets
import SecureFiles
import SystemPackage

/// Where the pins of this host lie: one file a vault path, in the state folder.
struct PinFolder: Sendable {
    let folder: FilePath

    private static let largest = 64 << 10

    func file(for vault: FilePath) -> FilePath {
        folder.appending("pins").appending(vault.mark + ".json")
    }

    /// The pin of a vault, or nil when this host has not seen it yet.
    func read(for vault: FilePath) throws(StoreError) -> VaultPin? {
        let file = file(for: vault)
        let bytes: [UInt8]
        do {
            guard let content = try content(of: file) else { return nil }
            bytes = content
        } catch { throw StoreError(reading: error, at: Place(.vault, file.string)) }
        guard let pin = try? JSONDecoder().decode(VaultPin.self, from: Data(bytes)) else {
            throw StoreError(.pinDamaged, at: Place(.vault, file.string))
        }
        return pin
    }

    private func content(of file: FilePath) throws(FileError) -> [UInt8]? {
        do { return try FileReading.bytes(at: file, rule: .strict, limit: Self.largest) } catch {
            if error.code == .absent { return nil }
            // No pin is so large: it is damaged.
            if case .tooLarge = error.code { return [] }
            throw error
        }
    }

    /// Changes what is remembered. `next` gets what is known by now, which another process may have changed meanwhile,
    /// and says what it shall be.
    func update(for vault: FilePath, _ next: (VaultPin?) -> VaultPin?) throws(StoreError) {
        let file = file(for: vault)
        do throws(FileError) {
            try Folder.makePrivate(file.removingLastComponent())
            let lock = try FileLock(
                file.removingLastComponent().appending("lock"), holder: "pin of \(vault)", patience: .seconds(5)
            )
            defer { extendLifetime(lock) }
            let known = try content(of: file).flatMap { try? JSONDecoder().decode(VaultPin.self, from: Data($0)) }
            guard let pin = next(known), pin != known else { return }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let staged = try StagedFile(for: file, mode: [.ownerReadWrite])
            try staged.write(Array((try? encoder.encode(pin)) ?? Data()).span)
            try staged.commit()
        } catch {
            throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
        }
    }

    /// Throws what would keep a pin from being changed.
    func check(for vault: FilePath) throws(StoreError) {
        let file = file(for: vault)
        do throws(FileError) {
            try Folder.makePrivate(file.removingLastComponent())
            let lock = file.removingLastComponent().appending("lock")
            extendLifetime(try FileLock(lock, holder: "pin of \(vault)", patience: .seconds(5)))
        } catch { throw StoreError(.cannotWrite(error), at: Place(.vault, file.string)) }
    }

    /// Forgets the vault that stood at a path: a new one is about to be made there.
    func forget(_ vault: FilePath) throws(StoreError) {
        let file = file(for: vault)
        do { try Folder.remove(file) } catch {
            if error.code == .failed(.remove, .noSuchFileOrDirectory) { return }
            throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
        }
    }
}

extension FilePath {
    /// What this host's files about a vault are named by: 16 bytes of a hash of its path, in hexadecimal.
    var mark: String { PublicBytes.digest(of: Array(string.utf8), count: 16).hex }
}

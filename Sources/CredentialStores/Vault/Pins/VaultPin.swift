import FoundationEssentials
import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// What this host remembers of a vault, so that an older or a minted file in its place is noticed.
package struct VaultPin: Hashable, Sendable, Codable {
    /// The vault's path, for people who look into the state folder.
    var path: String
    /// The identity (Ed25519 public key, hexadecimal) that signs the file.
    package var identity: String
    /// The identity that a change under way will bring; either is accepted until the next opening.
    var next: String?
    /// The last version vector seen: counters by writer.
    var writers: [String: UInt64]

    package var versions: VersionVector { VersionVector(counters: writers) }

    init(path: FilePath, header: VaultHeader) {
        self.path = path.string
        identity = header.identity.hex
        next = nil
        writers = header.versions.counters
    }

    /// Nil when the file with `header` may be believed, and otherwise what it is.
    func objection(to header: VaultHeader) -> StoreError.Code? {
        guard header.identity.hex == identity || header.identity.hex == next else { return .forged }
        return switch header.versions.order(against: versions) {
        case .same, .newer: nil
        case .older: .rolledBack
        case .forked: .forked
        }
    }
}

/// Where the pins of this host lie: one file a vault path, in the state folder.
struct PinFolder: Sendable {
    let folder: FilePath

    private static let largest = 64 << 10

    private func file(for vault: FilePath) -> FilePath {
        folder.appending("pins").appending(PublicBytes.digest(of: Array(vault.string.utf8), count: 16).hex + ".json")
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
            throw error
        }
    }

    /// Remembers `pin` unless something newer was remembered meanwhile.
    func remember(_ pin: VaultPin, for vault: FilePath) throws(StoreError) {
        try write(pin, for: vault) { known in
            pin.next != known.next || pin.versions.order(against: known.versions) == .newer
        }
    }

    /// Forgets the vault that stood at a path: a new one is about to be made there.
    func forget(_ vault: FilePath) throws(StoreError) {
        let file = file(for: vault)
        if unsafe file.withPlatformString({ unsafe unlink($0) }) == 0 || errno == ENOENT { return }
        let error = FileError(.failed(.remove, Errno(rawValue: errno)), at: file)
        throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
    }

    private func write(
        _ pin: VaultPin, for vault: FilePath, where isWanted: (VaultPin) -> Bool
    ) throws(StoreError) {
        let file = file(for: vault)
        do throws(FileError) {
            try Folder.makePrivate(file.removingLastComponent())
            let lock = try FileLock(
                file.removingLastComponent().appending("lock"), holder: "pin of \(vault)", patience: .seconds(5)
            )
            defer { extendLifetime(lock) }
            // What another process pinned meanwhile is not taken back.
            if let content = try content(of: file),
                let known = try? JSONDecoder().decode(VaultPin.self, from: Data(content)), !isWanted(known)
            {
                return
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let staged = try StagedFile(for: file, mode: [.ownerReadWrite])
            try staged.write(Array((try? encoder.encode(pin)) ?? Data()).span)
            try staged.commit()
        } catch {
            throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
        }
    }
}

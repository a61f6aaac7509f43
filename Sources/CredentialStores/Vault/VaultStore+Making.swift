package import Secrets
import SecureFiles
import SystemPackage

extension VaultStore {
    /// What a new vault gets as its first way in.
    package struct FirstSlot: Sendable {
        let name: String
        let kind: Slot.Kind

        package static let keyFile = FirstSlot(name: "key-file", kind: .keyFile)

        package static func passphrase(_ cost: PassphraseCost = .moderate) -> FirstSlot {
            FirstSlot(name: "passphrase", kind: .passphrase(cost))
        }
    }

    /// Makes the vault, empty, with one slot, and pins it. The key is the one that `keys` gives.
    ///
    /// - Throws: `.exists` when something stands at the path already; it is left as it is.
    package func make(with slot: FirstSlot) throws(StoreError) {
        do { try Folder.makePrivate(path.removingLastComponent()) } catch {
            throw StoreError(error, writing: place)
        }
        let lock = try takeLock()
        defer { extendLifetime(lock) }
        // Under the lock: whoever makes one at the same time must not find its pin replaced.
        guard isFree else { throw StoreError(.exists, at: place) }
        // A disk that is not there looks the same. What this host still has of the vault must not be written over.
        if (try? ownCopy.stat()) != nil { throw StoreError(.lost(copy: ownCopy.string), at: place) }
        let key = try keys([])
        let author = try Writer.ofThisHost(state: state).author()
        let bytes = try newFile(slot, key: key, author: author)
        // A pin left by a vault that stood here before says nothing about this one, and a power cut from here on must
        // not leave it beside the new file.
        try pins.forget(path)
        try replace(with: bytes, .first) { (file) throws(StoreError) in
            do throws(OpeningFault) { return try OpenVault.open(file, with: key) } catch {
                throw StoreError(error.code, at: place)
            }
        }
    }

    /// Only what is known to be absent is: a path that cannot be looked at is not.
    private var isFree: Bool {
        do { _ = try path.stat(followTargetSymlink: false) } catch { return error == .noSuchFileOrDirectory }
        return false
    }

    private func newFile(
        _ first: FirstSlot, key: borrowing VaultKey, author: VaultAuthor
    ) throws(StoreError) -> [UInt8] {
        let vaultID = PublicBytes.random(count: 16)
        let dataKey = Secret.random(count: 32)
        let seed = Secret.random(count: SigningKey.seedCount)
        let identity = SigningKey(seed: seed)
        let slot: Slot
        do {
            slot = try Slot.make(
                name: first.name, kind: first.kind, key: key, dataKey: dataKey, vaultID: vaultID, now: author.now
            )
        } catch { throw StoreError(error.code, at: place) }
        let header = VaultHeader(
            vaultID: vaultID, identity: identity.publicKey,
            versions: VersionVector(counters: [author.writer: 1]), slots: [slot]
        )
        let payload = VaultPayload.empty(identitySeed: seed, author: author)
        return VaultFile.encode(header: header, payload: payload, dataKey: dataKey, identity: identity)
    }
}

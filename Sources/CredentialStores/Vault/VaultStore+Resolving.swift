import Secrets
import SecureFiles
package import SystemPackage

/// Two files of one vault that were changed apart, both opened: this host's and the other one.
package struct Fork: Sendable {
    package enum Side: String, Hashable, Sendable { case mine, theirs }

    /// An entry that both have, and not the same.
    package struct Difference: Hashable, Sendable {
        package let key: CredentialKey
        package let mine: Version
        package let theirs: Version
    }

    /// When an entry was changed, in seconds since 1970, and by which host.
    package struct Version: Hashable, Sendable {
        package let changed: UInt64
        package let host: String
    }

    let mine: OpenVault
    let theirs: OpenVault
    /// The file in the vault's place, to see that nobody replaced it meanwhile.
    let inPlace: VaultHeader
    /// Where the other of the two lies.
    package let other: FilePath
    package let differences: [Difference]
    /// What only the other file has.
    package let additions: [CredentialKey]
}

extension VaultStore {
    /// Opens the file in place and another one, which was changed apart from it.
    ///
    /// - Parameters:
    ///   - other: the other file. Nil: what this host wrote last, or else the file before the last change.
    ///   - trusted: an identity (hexadecimal) beside the known one that a file may be signed by. What such a file keeps
    ///     is taken over, its slots are not.
    /// - Returns: nil when nothing was changed apart.
    package func fork(with other: FilePath?, trusting trusted: String?) throws(StoreError) -> Fork? {
        try checkFolders()
        let pin = try pins.read(for: path)
        let inPlace = try read(path)
        // Whoever was shut out could have put it there: only another file may be of an identity that is merely named.
        guard pin == nil || pin?.identity == inPlace.header.identity.hex || pin?.next == inPlace.header.identity.hex
        else { throw StoreError(.forged, at: place) }
        let otherPath = if let other { other } else { try lastOfThisHost() }
        let second: VaultFile
        // A sync program makes copies that others may read: they are encrypted, and signed.
        do { second = try read(otherPath, rule: other == nil ? .strict : .supplied) } catch {
            throw StoreError(error.code, at: Place(.vault, otherPath.string))
        }
        guard second.header.vaultID == inPlace.header.vaultID else {
            throw StoreError(.otherVault, at: Place(.vault, otherPath.string))
        }
        let isMine = pin.map { $0.objection(to: inPlace.header) == nil } ?? true
        // Without a memory the file in place is believed, as at any first use, and the other must be of the same identity.
        let known = [pin?.identity ?? inPlace.header.identity.hex, pin?.next, pin == nil ? nil : trusted]
        guard known.contains(second.header.identity.hex) else {
            throw StoreError(.forged, at: Place(.vault, otherPath.string))
        }
        switch inPlace.header.versions.order(against: second.header.versions) {
        case .forked: break
        case .same where inPlace.bytes != second.bytes: break
        case .older where isMine: throw StoreError(.newerCopy, at: Place(.vault, otherPath.string))
        case .same, .newer, .older:
            if isMine { return nil }
            throw StoreError(pin?.objection(to: inPlace.header) ?? .rolledBack, at: place)
        }
        // What neither file has would be lost for good under a vector that is newer than all.
        let both = inPlace.header.versions.merged(with: second.header.versions)
        if let pin, pin.versions.writes(missingIn: both) > 0 {
            throw StoreError(other == nil ? .forked : .rolledBack, at: Place(.vault, otherPath.string))
        }
        let key = try keys(inPlace.header.slots + second.header.slots)
        let (first, other) = (try open(inPlace, key), try open(second, key))
        return Fork(
            mine: isMine ? first : other, theirs: isMine ? other : first, inPlace: inPlace.header, other: otherPath)
    }

    /// What this host wrote last, or else the file before the last change. A copy that cannot be looked at is there.
    private func lastOfThisHost() throws(StoreError) -> FilePath {
        do { _ = try ownCopy.stat() } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return previous }
            throw StoreError(reading: FileError(.failed(.open, error), at: ownCopy), at: place)
        }
        return ownCopy
    }

    private func open(_ file: VaultFile, _ key: borrowing VaultKey) throws(StoreError) -> OpenVault {
        do { return try OpenVault.open(file, with: key) } catch { throw StoreError(error.code, at: place) }
    }

    /// Makes one vault of both. Of each entry that differs the chosen one counts, and the other is kept as abandoned.
    ///
    /// - Parameters:
    ///   - choices: a side for each difference.
    ///   - forgetting: whether earlier values of an entry may go where there is no room for all.
    /// - Throws: `.noRoomForEarlier` where one would go otherwise.
    package func resolve(
        _ fork: Fork, choices: [CredentialKey: Fork.Side], forgetting: (CredentialKey) -> Bool = { _ in false }
    ) throws(StoreError) {
        let merge = fork.merge(choices)
        let lost = merge.lost.filter { !forgetting($0) }
        guard lost.isEmpty else { throw StoreError(.noRoomForEarlier(lost), at: place) }
        let lock = try takeLock()
        defer { extendLifetime(lock) }
        guard try read(path).header == fork.inPlace else { throw StoreError(.busy(holder: nil), at: place) }
        let mine = fork.mine.file.header
        if mine.versions == fork.theirs.file.header.versions {
            // Another host has this one's id.
            try Writer.renew(state: state)
        }
        let author = try author()
        let pinned = try pins.read(for: path)?.versions ?? VersionVector()
        let versions = mine.versions.merged(with: fork.theirs.file.header.versions).merged(with: pinned)
        let slots = fork.slots
        guard slots.count <= Slot.most else { throw StoreError(.tooManySlots, at: place) }
        let draft = fork.mine.rekeyed(
            slots: slots, replacesIdentity: false, changes: merge.changes,
            values: Secret.joining(fork.mine.payload.secret, fork.theirs.payload.secret), versions: versions,
            author: author)
        switch draft {
        case nil: throw StoreError(.full, at: place)
        case let draft?:
            try replace(with: draft.bytes, .merge) { (file) throws(StoreError) in
                do throws(VaultFault) { return try fork.mine.opened(file, dataKey: draft.dataKey) } catch {
                    throw StoreError(error.code, at: place)
                }
            }
        }
        removeMergedCopies()
    }
}

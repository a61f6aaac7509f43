import Secrets
import SecureFiles
package import SystemPackage

extension VaultStore {
    /// Looks for something to bring the vault back from: `file`, or else what this host wrote last, what stood there
    /// before the last change, and the file in place. Changes nothing.
    ///
    /// - Throws: when the file in place is open to others; it is to be closed first.
    package func rescue(from file: FilePath? = nil) throws(StoreError) -> VaultRescue {
        try checkFolders()
        let memory = try memory()
        let own = candidate(.ownCopy, ownCopy)
        // Without a pin, what this host itself has written tells the identity.
        let identities = memory.pin.map { [$0.identity, $0.next].compactMap(\.self) } ?? own.fingerprint.map { [$0] }
        let inPlace = candidate(.vault, path).known(to: identities)
        if case .unsafe(let unsafety) = inPlace.refusal { throw StoreError(.unsafe(unsafety), at: place) }
        let here = [own, candidate(.previous, previous), inPlace].map { $0.known(to: identities) }
        let named = file.map { candidate(.named, $0, rule: .supplied).known(to: identities) }
        return VaultRescue(
            named.map { [$0] } ?? here, beside: here + [named].compactMap(\.self), inPlace: inPlace, memory: memory)
    }

    private func candidate(_ origin: VaultCandidate.Origin, _ file: FilePath, rule: FileRule = .strict)
        -> VaultCandidate
    {
        VaultCandidate(origin, file) { () throws(StoreError) in try read(file, rule: rule) }
    }

    /// Opens the chosen candidate and writes it anew in the vault's place, counted as newer than all that is known, so
    /// that every host takes it. What stood there is kept beside it.
    ///
    /// - Throws: `.busy` when something else stands there by now.
    package func recover(_ rescue: VaultRescue) throws(StoreError) -> VaultRecovery {
        guard let chosen = rescue.chosen, let file = chosen.file else { throw StoreError(.missing, at: place) }
        // Keys first, so that nobody waits for the lock while somebody types a passphrase.
        let vault = try open(file)
        do { try Folder.makePrivate(path.removingLastComponent()) } catch { throw StoreError(error, writing: place) }
        let lock = try takeLock()
        defer { extendLifetime(lock) }
        let now = try self.rescue(from: chosen.origin == .named ? chosen.path : nil)
        guard now.inPlace.isSame(as: rescue.inPlace), now.chosen?.isSame(as: chosen) == true else {
            throw StoreError(.busy(holder: nil), at: place)
        }
        // Under a new key: a copy may be from before one was changed, and whoever knew that one is not to know the next.
        let header = file.header
        let draft = vault.rekeyed(
            slots: header.slots, replacesIdentity: false, versions: header.versions.merged(with: now.versions),
            author: try author())
        switch draft {
        case let draft?:
            let kept = try keepWhatStandsThere(unlessAs: file)
            try replace(with: draft.bytes, .recovery) { (file) throws(StoreError) in
                do throws(VaultFault) { return try vault.opened(file, dataKey: draft.dataKey) } catch {
                    throw StoreError(error.code, at: place)
                }
            }
            return VaultRecovery(generation: try current().file.header.versions.generation, kept: kept)
        case nil: throw StoreError(.full, at: place)
        }
    }

    /// Copies what stands in the vault's place to a free name beside it.
    private func keepWhatStandsThere(unlessAs file: VaultFile) throws(StoreError) -> FilePath? {
        if (try? FileReading.bytes(at: path, rule: .strict, limit: VaultFile.largest)) == file.bytes { return nil }
        for number in 0... {
            let free = FilePath("\(path).damaged" + (number == 0 ? "" : ".\(number)"))
            if (try? free.stat(followTargetSymlink: false)) != nil { continue }
            do throws(FileError) {
                let staged = try StagedFile(for: free, mode: [.ownerReadWrite])
                try staged.write(contentsOf: path)
                try staged.commit(replacing: false)
                return free
            } catch {
                switch error.code {
                case .absent where error.path == path: return nil
                case .exists: continue
                // The vault itself is as it was.
                case .failed(.makeDurable, let code):
                    throw StoreError(.cannotWrite(FileError(.failed(.write, code), at: free)), at: place)
                default: throw StoreError(error, writing: place)
                }
            }
        }
        return nil
    }
}

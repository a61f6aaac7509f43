import Secrets
import SecureFiles
import SystemPackage

extension VaultStore {
    /// What somebody should know of this vault although it opens.
    ///
    /// - Parameter search: where its key is looked for.
    package func concerns(_ search: KeySearch) throws(StoreError) -> [VaultConcern] {
        let header = try read(path).header
        return VaultConcern.of(header.slots) + VaultConcern.ofMemory(header.slots) + concernsBeside(header)
            + concerns(about: search)
    }

    /// About the folders and the other files.
    private func concernsBeside(_ header: VaultHeader) -> [VaultConcern] {
        var concerns: [VaultConcern] = []
        for folder in [path.removingLastComponent(), state, state.appending("pins")] {
            do { try Folder.check(folder) } catch {
                concerns.append(.unsound(StoreError(reading: error, at: Place(.vault, error.path.string))))
            }
        }
        let writers = header.versions.counters.count
        if writers >= 200 { concerns.append(.manyWriters(writers)) }
        if let storage = Folder.fleetingStorage(of: state) { concerns.append(.fleetingState(state, storage)) }
        do throws(StoreError) {
            let before = try read(previous)
            if before.header.identity != header.identity { concerns.append(.previousOfAnotherIdentity(previous)) }
        } catch {
            let place = Place(.vault, previous.string)
            if error.code != .missing { concerns.append(.unsound(StoreError(error.code, at: place))) }
        }
        return concerns
    }

    /// About key files that are named, or lie where they usually do.
    private func concerns(about search: KeySearch) -> [VaultConcern] {
        var concerns: [VaultConcern] = []
        for case .file(let file, .key, .strict)? in search.sources.map(\.means) where (try? file.stat()) != nil {
            do throws(StoreError) { _ = try KeyFile.read(file) } catch { concerns.append(.unsound(error)) }
            if Self.isSameFolder(file.removingLastComponent(), path.removingLastComponent()) {
                concerns.append(.keyFileBesideVault(file))
            }
        }
        return concerns
    }

    private static func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool {
        guard let one = try? (one.isEmpty ? "." : one).stat(), let other = try? other.stat() else { return false }
        return one.deviceID == other.deviceID && one.inode == other.inode
    }
}

extension VaultConcern {
    fileprivate static func of(_ slots: [Slot]) -> [VaultConcern] {
        var concerns: [VaultConcern] = slots.count == 1 ? [.onlyOneSlot] : []
        let isForAPerson = slots.contains { $0.kind.isPassphrase || $0.kind == .recovery }
        if !isForAPerson { concerns.append(.noSlotForAPerson) }
        for slot in slots {
            guard case .passphrase(let cost) = slot.kind, cost.isBelow(.moderate) else { continue }
            concerns.append(.cheapPassphrase(slot: slot.name))
        }
        return concerns
    }

    fileprivate static func ofMemory(_ slots: [Slot]) -> [VaultConcern] {
        let room = MemoryRoom.now()
        return slots.compactMap { slot in
            guard case .passphrase(let cost) = slot.kind, !room.holds(cost) else { return nil }
            return .tooDear(slot: slot.name, MemoryShortage(of: cost, in: room))
        }
    }
}

extension PassphraseCost {
    /// More passes do not make up for memory that is missing.
    fileprivate func isBelow(_ other: PassphraseCost) -> Bool {
        memory < other.memory || UInt64(operations) * memory < UInt64(other.operations) * other.memory
    }
}

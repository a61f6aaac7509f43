import Glibc
import Secrets
import SecureFiles
import Synchronization
import SystemPackage

extension VaultStore {
    /// Changes the vault: whole and durable, or not at all.
    func change(_ changes: [VaultChange], values: borrowing Secret) throws(StoreError) {
        try write(.change) { (vault, author) throws(StoreError) in
            switch vault.changed(by: changes, values: values, author: author) {
            case let draft?: return draft
            case nil: throw StoreError(.full, at: place)
            }
        }
    }

    /// Replaces the file by the one that `next` makes of it, under the lock.
    func write(
        _ kind: Write, _ next: (OpenVault, VaultAuthor) throws(StoreError) -> VaultDraft
    ) throws(StoreError) {
        // Keys first, so that nobody waits for the lock while somebody types a passphrase.
        _ = try current()
        let lock = try takeLock()
        defer { extendLifetime(lock) }
        let vault = try reload()
        // A change that is not remembered would be taken for a stranger's.
        try pins.check(for: path)
        let draft = try next(vault, try author())
        try replace(with: draft.bytes, kind) { (file) throws(StoreError) in
            do throws(VaultFault) { return try vault.opened(file, dataKey: draft.dataKey) } catch {
                throw StoreError(error.code, at: place)
            }
        }
    }

    /// This host, about to write.
    func author() throws(StoreError) -> VaultAuthor { try Writer.ofThisHost(state: state).author() }

    /// What a write of the file is, as far as other files about it are concerned.
    enum Write {
        /// The file before it is kept.
        case change
        /// Nothing was there.
        case first
        /// What was in its place is of no use as a copy, and may be missing.
        case recovery
        /// No copy that an earlier key opens may stay.
        case rekey
        /// Two files become one. Until it is there, whatever holds a part of it stays.
        case merge
    }

    /// Where the file before the last change is kept.
    var previous: FilePath { FilePath(path.string + ".prev") }

    /// Where this host keeps what it wrote last.
    var ownCopy: FilePath { state.appending("vaults").appending(path.mark + ".qbv") }

    func takeLock() throws(StoreError) -> FileLock {
        let lock = FilePath(path.string + ".lock")
        let command = CommandLine.arguments.first.map { FilePath($0).lastComponent?.string ?? $0 } ?? ""
        do { return try FileLock(lock, holder: "process \(getpid()) (\(command))", patience: patience) } catch {
            throw StoreError(error, writing: place)
        }
    }

    /// Puts `bytes` in the file's place after `check` has opened them as they lie on disk.
    func replace(
        with bytes: [UInt8], _ kind: Write, check: (VaultFile) throws(StoreError) -> OpenVault
    ) throws(StoreError) {
        let staged = try stage(bytes, for: path)
        let next = try check(try read(staged.temporary))
        let header = next.file.header
        var before: TakenCopy?
        var own: TakenCopy?
        switch kind {
        case .change: try copy(path, to: previous)
        case .first, .merge, .recovery: break
        case .rekey:
            // Either identity is believed from here until the new one is seen.
            try pins.update(for: path) { $0?.identity == header.identity.hex ? $0 : $0?.announcing(header.identity) }
            before = try takeCopy(previous)
            do throws(StoreError) { own = try takeCopy(ownCopy) } catch {
                giveBack(&before)
                throw error
            }
        }
        do { try staged.commit(replacing: kind != .first) } catch {
            let error = StoreError(error, writing: place)
            // Where the file is as it was, so are its copies.
            if case .changed = error.code { throw error }
            giveBack(&before)
            giveBack(&own)
            throw error
        }
        // After the rename, never before: a pin that is ahead of its file locks out.
        opened.withLock { $0 = next }
        do throws(StoreError) {
            try pins.update(for: path) { known in
                var pin = VaultPin(path: path, header: header, uses: known?.uses)
                pin.note(next.slot, at: Clock.now)
                return pin
            }
        } catch { throw error.afterTheChange(at: place) }
        keepOwnCopy(of: bytes)
        // What it had is in the file; the next write replaces it.
        if kind == .merge { _ = unsafe previous.withPlatformString { unsafe unlink($0) } }
    }

    /// What this host wrote last, for the day when another host's file or a damaged one stands in its place. The write
    /// is done without it, so its failure is none.
    private func keepOwnCopy(of bytes: [UInt8]) {
        guard (try? Folder.makePrivate(ownCopy.removingLastComponent())) != nil,
            let staged = try? stage(bytes, for: ownCopy)
        else { return }
        try? staged.commit()
    }

    /// A copy made as the file itself is.
    private func copy(_ from: FilePath, to: FilePath) throws(StoreError) {
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(at: from, rule: .strict, limit: VaultFile.largest) } catch {
            throw StoreError(reading: error, at: place)
        }
        let staged = try stage(bytes, for: to)
        do { try staged.commit() } catch {
            // The vault itself is as it was.
            if case .failed(.makeDurable, let code) = error.code {
                throw StoreError(.cannotWrite(FileError(.failed(.write, code), at: to)), at: place)
            }
            throw StoreError(error, writing: place)
        }
    }

    func stage(_ bytes: [UInt8], for path: FilePath) throws(StoreError) -> StagedFile {
        do {
            let staged = try StagedFile(for: path, mode: [.ownerReadWrite])
            try staged.write(bytes.span)
            try staged.synchronize()
            return staged
        } catch {
            throw StoreError(error, writing: place)
        }
    }
}

extension StoreError {
    /// A file that a store writes could not be written.
    init(_ error: FileError, writing place: Place) {
        switch error.code {
        case .busy(let holder): self.init(.busy(holder: holder), at: place)
        case .exists: self.init(.exists, at: place)
        case .failed(.makeDurable, _): self.init(.changed(but: error), at: place)
        default: self.init(.cannotWrite(error), at: place)
        }
    }

    /// The same failure, where the vault is changed already.
    fileprivate func afterTheChange(at place: Place) -> StoreError {
        switch code {
        case .cannotWrite(let error), .failed(.unreadable(let error)): StoreError(.changed(but: error), at: place)
        default: self
        }
    }
}

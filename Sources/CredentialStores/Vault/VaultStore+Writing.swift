import Glibc
import Secrets
import SecureFiles
import SystemPackage

extension VaultStore {
    /// Changes the vault: whole and durable, or not at all.
    func change(_ changes: [VaultChange], values: borrowing Secret) throws(StoreError) {
        // Keys first, so that nobody waits for the lock while somebody types a passphrase.
        _ = try current()
        let lock = try takeLock()
        defer { extendLifetime(lock) }
        let vault = try reload()
        let author = try Writer.ofThisHost(state: state).author()
        guard let bytes = vault.encoded(after: changes, values: values, by: author) else {
            throw StoreError(.full, at: place)
        }
        try replace(with: bytes) { (file) throws(StoreError) in
            do throws(VaultFault) {
                guard try vault.reopened(as: file) != nil else { throw .damaged(.slots) }
            } catch { throw StoreError(error.code, at: place) }
        }
    }

    /// Where the file before the last change is kept.
    private var previous: FilePath { FilePath(path.string + ".prev") }

    func takeLock() throws(StoreError) -> FileLock {
        let lock = FilePath(path.string + ".lock")
        let command = CommandLine.arguments.first.map { FilePath($0).lastComponent?.string ?? $0 } ?? ""
        do { return try FileLock(lock, holder: "process \(getpid()) (\(command))", patience: patience) } catch {
            throw StoreError(error, writing: place)
        }
    }

    /// Puts `bytes` in the file's place after `check` has opened them as they lie on disk, and keeps what was there.
    func replace(
        with bytes: [UInt8], isNew: Bool = false, check: (VaultFile) throws(StoreError) -> Void
    ) throws(StoreError) {
        let staged = try stage(bytes, for: path)
        try check(try read(staged.temporary))
        if !isNew { try keepPrevious() }
        do { try staged.commit(replacing: !isNew) } catch { throw StoreError(error, writing: place) }
        do { _ = try reload() } catch { throw error.afterTheChange(at: place) }
    }

    /// A copy of what is about to be replaced, made the same way.
    private func keepPrevious() throws(StoreError) {
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(at: path, rule: .strict, limit: VaultFile.largest) } catch {
            throw StoreError(reading: error, at: place)
        }
        let staged = try stage(bytes, for: previous)
        do { try staged.commit() } catch {
            // The vault itself is as it was.
            if case .failed(.makeDurable, let code) = error.code {
                throw StoreError(.cannotWrite(FileError(.failed(.write, code), at: previous)), at: place)
            }
            throw StoreError(error, writing: place)
        }
    }

    private func stage(_ bytes: [UInt8], for path: FilePath) throws(StoreError) -> StagedFile {
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

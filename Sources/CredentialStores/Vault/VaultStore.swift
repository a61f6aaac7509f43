import Secrets
import SecureFiles
import Synchronization
package import SystemPackage

/// The encrypted vault: one file, opened once a process, written whole.
package final class VaultStore: Sendable {
    package let path: FilePath
    /// The state folder: pins, and this host's writer id.
    let state: FilePath
    let keys: VaultKeyProvider
    /// How long a writer waits for another one.
    let patience: Duration
    private let firstUse: @Sendable (_ fingerprint: String) -> Void
    private let forgets: @Sendable (StoreError) -> Void
    let opened = Mutex<OpenVault?>(nil)

    var pins: PinFolder { PinFolder(folder: state) }

    package var place: Place { Place(.vault, path.string) }

    /// The slot that it was opened by; nil before it was.
    package var slotInUse: Slot? { opened.withLock { $0?.slot } }

    /// - Parameters:
    ///   - keys: asked for a key when the vault is opened.
    ///   - patience: how long a writer waits for another one.
    ///   - firstUse: called with the identity's fingerprint when this host had no pin of the vault.
    ///   - forgets: called where the state folder cannot be written to, so that what was seen is not remembered.
    package init(
        _ path: FilePath, state: FilePath, keys: @escaping VaultKeyProvider, patience: Duration = .seconds(10),
        firstUse: @escaping @Sendable (_ fingerprint: String) -> Void = { _ in },
        forgets: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) {
        self.path = path
        self.state = state
        self.keys = keys
        self.patience = patience
        self.firstUse = firstUse
        self.forgets = forgets
    }

    /// The vault as it was when this process first needed it.
    func current() throws(StoreError) -> OpenVault {
        if let vault = opened.withLock({ $0 }) { return vault }
        return try reload()
    }

    package func refresh() throws(StoreError) { _ = try reload() }

    /// The vault as it is now; the key is asked for only when the slot it was opened by is gone.
    func reload() throws(StoreError) -> OpenVault {
        try checkFolders()
        // The pin first: a writer renames before it pins, so the file is never older than a pin read before it.
        var (pin, file) = (try pins.read(for: path), try read(path))
        if pin?.objection(to: file.header) == .forged {
            // Its identity may have been announced and changed between the two looks.
            (pin, file) = (try pins.read(for: path), try read(path))
        }
        if let objection = pin?.objection(to: file.header) { throw StoreError(objection, at: place) }
        let vault = try open(file)
        do { try remember(vault, over: pin) } catch {
            // Who only reads can do without; who writes finds out before anything is changed.
            guard error.isOfAClosedFolder else { throw error }
            forgets(error)
        }
        if pin == nil { firstUse(file.header.identity.hex) }
        opened.withLock { $0 = vault }
        return vault
    }

    /// Refuses folders in which others could replace what lies there.
    func checkFolders() throws(StoreError) {
        for folder in [path.removingLastComponent(), state, state.appending("pins")] {
            do { try Folder.check(folder) } catch {
                throw StoreError(reading: error, at: Place(.vault, error.path.string))
            }
        }
    }

    private func remember(_ vault: OpenVault, over pin: VaultPin?) throws(StoreError) {
        let header = vault.file.header
        let time = Clock.now
        guard let pin else {
            var first = VaultPin(path: path, header: header)
            first.note(vault.slot, at: time)
            return try pins.update(for: path) { $0 ?? first }
        }
        let seen = pin.observing(header, openedBy: vault.slot, at: time)
        guard seen != pin else { return }
        if seen.versions != pin.versions || seen.identity != pin.identity {
            // Its writer may still be about to make the name durable; a memory that is ahead of the disk locks out.
            do { try Folder.synchronize(path.removingLastComponent()) } catch {
                throw StoreError(error, writing: place)
            }
        }
        do { try pins.update(for: path) { $0?.observing(header, openedBy: vault.slot, at: time) } } catch {
            // That a slot was of use is worth no failure.
            if seen.versions != pin.versions || seen.identity != pin.identity { throw error }
        }
    }

    /// Reads a file and checks its signature, without a key.
    func read(_ file: FilePath, rule: FileRule = .strict) throws(StoreError) -> VaultFile {
        if let shortage = MemoryShortage.ofVault(size: Int((try? file.stat())?.size ?? 0)) {
            throw StoreError(.notEnoughMemory(shortage), at: place)
        }
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(at: file, rule: rule, limit: VaultFile.largest) } catch {
            switch error.code {
            case .absent: throw StoreError(.missing, at: place)
            case .tooLarge: throw StoreError(.damaged(.size), at: place)
            default: break
            }
            throw StoreError(reading: error, at: place)
        }
        do { return try VaultFile(bytes) } catch { throw StoreError(error.code, at: place) }
    }

    func open(_ file: VaultFile) throws(StoreError) -> OpenVault {
        do {
            if let vault = try opened.withLock({ $0 })?.reopened(as: file) { return vault }
        } catch { throw StoreError(error.code, at: place) }
        let key = try keys(file.header.slots)
        do { return try OpenVault.open(file, with: key) } catch {
            if case .key = error { throw StoreError(error.code, at: place, by: key.place) }
            throw StoreError(error.code, at: place)
        }
    }
}

extension StoreError {
    /// Whether nothing can be written there by anybody, or by this user.
    fileprivate var isOfAClosedFolder: Bool {
        guard case .cannotWrite(let error) = code, case .failed(_, let reason) = error.code else { return false }
        return [Errno.readOnlyFileSystem, .permissionDenied, .notPermitted].contains(reason)
    }
}

/// Finds a key to a vault that has these slots; none where it is being made. Throws when there is none, or it cannot be
/// read.
package typealias VaultKeyProvider = @Sendable (_ slots: [Slot]) throws(StoreError) -> VaultKey

import Glibc
import Secrets
import SecureFiles
package import SystemPackage

extension VaultStore {
    /// Looks at the file in the vault's place, whatever is remembered of it. Changes nothing.
    package func look() throws(StoreError) -> VaultSight {
        try checkFolders()
        let (pin, isDamaged) = try memory()
        return VaultSight(try read(path).header, beside: pin, isDamaged: isDamaged)
    }

    /// Believes the file that was looked at, in the stead of what was remembered.
    ///
    /// A copy that this host kept under another identity goes: whoever held its key would get at what is in it. One
    /// with writes that the file does not have is put aside, because nothing else has them.
    ///
    /// - Returns: the copies that were removed or put aside.
    /// - Throws: `.forged`, `.rolledBack` or `.forked` when another file than `sight` stands there by now; `.changed`
    ///   when the file is believed and a copy could not be removed.
    package func trust(_ sight: VaultSight) throws(StoreError) -> [FilePath] {
        try checkFolders()
        let lock = try takeLock()
        defer { extendLifetime(lock) }
        let header = try read(path).header
        if let objection = VaultPin(path: path, header: sight.header).objection(to: header) {
            throw StoreError(objection, at: place)
        }
        let (before, _) = try memory()
        try pins.update(for: path) { VaultPin(path: path, header: header, uses: $0?.uses) }
        let isNew = before?.identity != header.identity.hex
        var removed: [FilePath] = []
        for copy in [ownCopy, previous] where try isForeign(copy, to: header, unlessRead: isNew) {
            do { if try !keepUnmerged(copy, beside: header) { try remove(copy) } } catch {
                guard case .cannotWrite(let reason) = error.code else { throw error }
                throw StoreError(.changed(but: reason), at: place)
            }
            removed.append(copy)
        }
        return removed
    }

    /// Where this host's own copy lies that was put aside, and the identity (hexadecimal) that signs it. Nil: there is none.
    package func unmergedCopy() -> (path: FilePath, fingerprint: String)? {
        guard let file = try? read(asideCopy) else { return nil }
        return (asideCopy, file.header.identity.hex)
    }

    private var asideCopy: FilePath { FilePath(ownCopy.string + ".unmerged") }

    /// Puts this host's own copy aside if it holds writes that are not in the file with `header`; false where not.
    private func keepUnmerged(_ copy: FilePath, beside header: VaultHeader) throws(StoreError) -> Bool {
        guard copy == ownCopy, let own = try? read(copy).header, own.vaultID == header.vaultID,
            own.versions.writes(missingIn: header.versions) > 0
        else { return false }
        let aside = asideCopy
        let code = unsafe copy.withPlatformString { from in
            unsafe aside.withPlatformString { unsafe rename(from, $0) == 0 ? 0 : errno }
        }
        guard code == 0 else {
            throw StoreError(.cannotWrite(FileError(.failed(.rename, Errno(rawValue: code)), at: copy)), at: place)
        }
        return true
    }

    /// What this host remembers, and whether that is beyond reading.
    func memory() throws(StoreError) -> (pin: VaultPin?, isDamaged: Bool) {
        do { return (try pins.read(for: path), false) } catch {
            guard error.code == .pinDamaged else { throw error }
            return (nil, true)
        }
    }

    /// Whether a copy is of another identity than the vault's.
    ///
    /// - Parameter unlessRead: what to say of one that cannot be read.
    private func isForeign(_ copy: FilePath, to header: VaultHeader, unlessRead: Bool) throws(StoreError) -> Bool {
        do { return try read(copy).header.identity != header.identity } catch {
            return error.code == .missing ? false : unlessRead
        }
    }
}

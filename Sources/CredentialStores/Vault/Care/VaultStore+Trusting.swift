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
    /// - Returns: the copies that were removed.
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
        if let before, before.objection(to: header) != nil || before.versions.writes(missingIn: header.versions) > 0 {
            // What this host counted before must not be counted again for other writes.
            try Writer.renew(state: state)
        }
        try pins.update(for: path) { VaultPin(path: path, header: header, uses: $0?.uses) }
        do {
            if try keepUnmerged(beside: header) { return try removeForeign([previous], beside: header, before) }
            return try removeForeign([ownCopy, previous], beside: header, before)
        } catch {
            guard case .cannotWrite(let reason) = error.code else { throw error }
            throw StoreError(.changed(but: reason), at: place)
        }
    }

    private func removeForeign(
        _ copies: [FilePath], beside header: VaultHeader, _ before: VaultPin?
    ) throws(StoreError) -> [FilePath] {
        let isNew = before?.identity != header.identity.hex
        var removed: [FilePath] = []
        for copy in copies where try isForeign(copy, to: header, unlessRead: isNew) {
            try remove(copy)
            removed.append(copy)
        }
        return removed
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

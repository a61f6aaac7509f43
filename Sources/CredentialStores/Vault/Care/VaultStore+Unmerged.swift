import Glibc
import Secrets
import SecureFiles
package import SystemPackage

/// A copy that this host has put aside, with writes that the vault does not have.
package struct UnmergedCopy: Hashable, Sendable {
    package let path: FilePath
    /// The identity that signs it, in hexadecimal.
    package let fingerprint: String
    /// Whether it is merely newer than the vault, so that there is nothing to bring together.
    package let isNewer: Bool
}

extension VaultStore {
    /// The copies that this host has put aside and that still have writes which the vault does not have.
    package func unmergedCopies() -> [UnmergedCopy] {
        guard let header = try? read(path).header else { return [] }
        return asideCopies.compactMap { path in
            guard let copy = try? read(path).header, copy.hasMore(than: header) else { return nil }
            return UnmergedCopy(
                path: path, fingerprint: copy.identity.hex,
                isNewer: copy.identity == header.identity && copy.versions.order(against: header.versions) == .newer)
        }
    }

    /// Copies that were put aside, or found damaged, by whatever key they open: no new key reaches them.
    package var copiesUnderEarlierKeys: [FilePath] {
        asideCopies + Self.numbered(FilePath(path.string + ".damaged")).filter { (try? $0.stat()) != nil }
    }

    /// Removes copies that were put aside and have nothing that the vault lacks.
    func removeMergedCopies() {
        let copies = asideCopies
        guard !copies.isEmpty, let header = try? read(path).header else { return }
        for copy in copies {
            if let own = try? read(copy).header, !own.hasMore(than: header) { try? remove(copy) }
        }
    }

    /// Puts this host's own copy aside if it holds writes that are not in the file with `header`; false where not.
    func keepUnmerged(beside header: VaultHeader) throws(StoreError) -> Bool {
        guard let own = try? read(ownCopy).header, own.vaultID == header.vaultID, own.hasMore(than: header) else {
            return false
        }
        let free = Self.numbered(aside).first { (try? $0.stat(followTargetSymlink: false)) == nil }
        guard let free else { throw StoreError(.cannotWrite(FileError(.exists, at: aside)), at: place) }
        let code = unsafe ownCopy.withPlatformString { from in
            unsafe free.withPlatformString { unsafe rename(from, $0) == 0 ? 0 : errno }
        }
        guard code == 0 else {
            throw StoreError(.cannotWrite(FileError(.failed(.rename, Errno(rawValue: code)), at: ownCopy)), at: place)
        }
        return true
    }

    private var aside: FilePath { FilePath(ownCopy.string + ".unmerged") }

    private var asideCopies: [FilePath] {
        Self.numbered(aside).filter { (try? $0.stat(followTargetSymlink: false)) != nil }
    }

    /// The names that a copy beside others of its kind may have.
    private static func numbered(_ path: FilePath) -> [FilePath] {
        [path] + (1..<64).map { FilePath("\(path).\($0)") }
    }
}

extension VaultHeader {
    /// Whether the file has something that the one with `other` lacks.
    fileprivate func hasMore(than other: VaultHeader) -> Bool {
        switch versions.order(against: other.versions) {
        case .newer, .forked: true
        case .same: mark != other.mark
        case .older: false
        }
    }
}

import Glibc
import SecureFiles
import SystemPackage

/// An order that was looked at as far as is possible without a server.
package struct CheckedOrder: Hashable, Sendable {
    package let order: TorrentOrder
    /// The files as they are known here.
    let listing: SourceListing

    /// By which the files are known to be unchanged later; nil where they cannot be seen.
    let fingerprint: String?

    init(order: TorrentOrder, listing: SourceListing) {
        self.order = order
        self.listing = listing
        fingerprint = SourceFingerprint.of(listing, at: order.mapping.here)
    }

    /// Of all files, in bytes; nil where they cannot be seen.
    var size: Int64? {
        guard case .files(let files) = listing else { return nil }
        return files.reduce(0) { $0 + $1.size }
    }

    /// Whether the files are not as they were when they were looked at. Where they cannot be seen, nobody knows.
    var hasChanged: Bool {
        guard let fingerprint else { return false }
        return SourceFingerprint.of(order.readListing(), at: order.mapping.here) != fingerprint
    }
}

extension TorrentOrder {
    /// Looks at the source, and at the place where the result goes: what is wrong with them is known before anything is
    /// sent, and long before a server has hashed a terabyte in vain.
    package func checked() throws(CreationError) -> CheckedOrder {
        try checkResult()
        return CheckedOrder(order: self, listing: try listSource())
    }

    private func checkResult() throws(CreationError) {
        if let there = try? result.stat(followTargetSymlink: false) {
            if !overwrites { throw cannotSave(.exists) }
            if there.type == .directory { throw cannotSave(.failed(.rename, .isDirectory)) }
        }
        let parent = result.removingLastComponent()
        let folder = parent.isEmpty ? "." : parent
        do throws(Errno) {
            guard try folder.stat().type == .directory else { throw .notDirectory }
            guard unsafe folder.withPlatformString({ unsafe access($0, W_OK | X_OK) }) == 0 else {
                throw Errno(rawValue: errno)
            }
        } catch {
            throw cannotSave(error == .noSuchFileOrDirectory ? .absent : .failed(.open, error), at: folder)
        }
        if Self.isFull(folder) { throw cannotSave(.failed(.write, .noSpace), at: folder) }
    }

    /// In bytes: less holds hardly any torrent.
    private static let leastRoom: UInt = 64 << 10

    /// Whether a file system has no room left. One that does not say how large it is has as much as it likes.
    private static func isFull(_ folder: FilePath) -> Bool {
        var system = statvfs()
        guard unsafe folder.withPlatformString({ unsafe statvfs($0, &system) }) == 0, system.f_blocks > 0 else {
            return false
        }
        let blocks = geteuid() == 0 ? system.f_bfree : system.f_bavail
        return blocks.multipliedReportingOverflow(by: system.f_frsize).partialValue < leastRoom
    }

    private func cannotSave(_ code: FileError.Code, at path: FilePath? = nil) -> CreationError {
        error(.cannotSave(FileError(code, at: path ?? result)))
    }

    /// The files as they are here now.
    func readListing() -> SourceListing {
        guard mapping.isSeenHere else { return .elsewhere }
        return SourceListing.read(mapping.here, ignoringDotfiles: parameters.ignoreDotfiles)
    }

    /// What can be seen of the source from here. Where no rule maps it, it must be here; where one does, the server may
    /// see what this machine does not.
    private func listSource() throws(CreationError) -> SourceListing {
        let listing = readListing()
        switch listing {
        case .files(let files) where files.allSatisfy({ $0.size == 0 }): throw error(.sourceEmpty)
        case .files where parameters.ignoreDotfiles && isDotfile: throw error(.sourceEmpty)
        // A pipe or a device: reading it could hold the server up for ever.
        case .unreadable(mapping.here, .invalidArgument): throw error(.sourceEmpty)
        case .unreadable(mapping.here, .noSuchFileOrDirectory), .unreadable(mapping.here, .notDirectory),
            .unreadable(mapping.here, .tooManySymbolicLinkLevels):
            if mapping.rule == nil { throw error(.sourceMissing) }
            return listing
        default: return listing
        }
    }
}

extension TorrentOrder {
    /// Whether the source is one file, and its name begins with a dot. Servers leave that out too, and nothing is left
    /// (observed on 5.1.0 and 5.3.0); a folder may be called as it likes.
    fileprivate var isDotfile: Bool {
        FilePath(mapping.there).lastComponent?.string.hasPrefix(".") == true && mapping.isSeenHere
            && (try? mapping.here.stat())?.type == .regular
    }
}

extension CheckedOrder {
    /// Whether the torrent is to hold files whose names begin with a dot. Where they cannot be seen, they may be there.
    var needsDotfiles: Bool {
        guard !order.parameters.ignoreDotfiles else { return false }
        if order.isDotfile { return true }
        guard case .files(let all) = listing,
            case .files(let plain) = SourceListing.read(order.mapping.here, ignoringDotfiles: true)
        else { return true }
        return plain.count < all.count
    }
}

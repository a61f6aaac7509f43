import Glibc
import SecureFiles
import SystemPackage

extension TorrentOrder {
    /// A result that could not be saved is known before the server has hashed a terabyte.
    func checkResult() throws(CreationError) {
        let folder = result.removingLastComponent()
        if !overwrites, (try? result.stat(followTargetSymlink: false)) != nil {
            throw error(.cannotSave(FileError(.exists, at: result)))
        }
        guard unsafe access(folder.isEmpty ? "." : folder.string, W_OK | X_OK) == 0 else {
            throw error(.cannotSave(FileError(.failed(.open, Errno(rawValue: errno)), at: folder)))
        }
    }

    /// What can be seen of the source from here. Where no rule maps it, it must be here; where one does, the server
    /// may see what this machine does not.
    func listSource() throws(CreationError) -> SourceListing {
        let listing = SourceListing.read(mapping.here, ignoringDotfiles: parameters.ignoreDotfiles)
        switch listing {
        case .files(let files) where files.allSatisfy({ $0.size == 0 }): throw error(.sourceEmpty)
        case .unreadable(mapping.here, .noSuchFileOrDirectory) where mapping.rule == nil: throw error(.sourceMissing)
        default: return listing
        }
    }

    func verify(_ file: [UInt8], _ listing: SourceListing) throws(CreationError) -> (Metainfo, Verification) {
        let metainfo: Metainfo
        do throws(MetainfoError) { metainfo = try Metainfo(file) } catch { throw self.error(.notATorrent(error)) }
        let name = FilePath(mapping.there).lastComponent?.string ?? ""
        let verification = Verification(of: metainfo, against: parameters, name: name, source: listing)
        guard verification.isSound else { throw error(.notAsAsked(verification.mismatches, kept: keepRejected(file))) }
        return (metainfo, verification)
    }

    func save(_ file: [UInt8]) throws(CreationError) {
        do throws(FileError) { try write(file, to: result, replacing: overwrites) } catch {
            throw self.error(.cannotSave(error))
        }
    }

    /// Kept for whoever wants to know what the server made; nil where that cannot be written.
    private func keepRejected(_ file: [UInt8]) -> FilePath? {
        let path = FilePath(result.string + ".rejected")
        return (try? write(file, to: path, replacing: true)).map { path }
    }

    private func write(_ file: [UInt8], to path: FilePath, replacing: Bool) throws(FileError) {
        let staged = try StagedFile(for: path, mode: mode)
        try staged.write(file.span)
        try staged.commit(replacing: replacing)
    }

    func error(_ code: CreationError.Code) -> CreationError {
        CreationError(code, of: source, there: mapping.there)
    }

    func failure(_ fault: CreationFault) -> CreationError {
        switch fault {
        case .server(let problem): error(.server(problem))
        case .creation(let failure): error(.creation(failure))
        case .cancelled: error(.cancelled)
        }
    }
}

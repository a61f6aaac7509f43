import SecureFiles
import SystemPackage

extension TorrentOrder {
    /// Reads what the server made, compares it with what it was asked for, and saves it if it is right.
    func take(_ made: CreationDriver.Made, _ listing: SourceListing) throws(CreationError) -> (Metainfo, Verification) {
        let metainfo: Metainfo
        do throws(MetainfoError) { metainfo = try Metainfo(made.file) } catch { throw self.error(.notATorrent(error)) }
        let name = FilePath(mapping.there).lastComponent?.string ?? ""
        let verification = Verification(of: metainfo, against: made.parameters, name: name, source: listing)
        guard verification.isSound else {
            throw error(.notAsAsked(verification.mismatches, kept: keepRejected(made.file)))
        }
        do throws(FileError) { try write(made.file, to: result, replacing: overwrites) } catch {
            throw self.error(.cannotSave(error))
        }
        return (metainfo, verification)
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
}

extension TorrentOrder {
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

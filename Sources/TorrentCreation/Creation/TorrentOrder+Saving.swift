import SecureFiles
import SystemPackage

extension TorrentOrder {
    /// Reads what the server made, and compares it with what it was asked for.
    ///
    /// - Parameter asked: what the server was asked for in the end.
    func verified(
        _ file: [UInt8], asked: CreationParameters, _ listing: SourceListing
    ) async throws(CreationError) -> (Metainfo, Verification) {
        let metainfo: Metainfo
        do throws(MetainfoError) { metainfo = try Metainfo(file) } catch { throw self.error(.notATorrent(error)) }
        var verification = verification(of: metainfo, asked, listing)
        if verifiesData, verification.isSound { verification.note(try await hashed(file, metainfo, listing)) }
        guard verification.isSound else {
            throw error(.notAsAsked(verification.mismatches, kept: keepRejected(file)))
        }
        return (metainfo, verification)
    }

    /// Nil where the file is no torrent.
    func compared(
        _ file: [UInt8], asked: CreationParameters, _ listing: SourceListing
    ) -> (Metainfo, Verification)? {
        guard let metainfo = try? Metainfo(file) else { return nil }
        return (metainfo, verification(of: metainfo, asked, listing))
    }

    private func verification(
        of metainfo: Metainfo, _ asked: CreationParameters, _ listing: SourceListing
    ) -> Verification {
        let name = FilePath(mapping.there).lastComponent?.string ?? ""
        return Verification(of: metainfo, against: asked, name: name, source: listing)
    }

    /// Whether nothing is known to be wrong with the bytes, where they are to be looked at.
    func isDataRight(
        _ file: [UInt8], _ metainfo: Metainfo, _ listing: SourceListing
    ) async throws(CreationError) -> Bool {
        guard verifiesData, case .different = try await hashed(file, metainfo, listing) else { return true }
        return false
    }

    /// Nil where the files cannot be seen from here.
    private func hashed(
        _ file: [UInt8], _ metainfo: Metainfo, _ listing: SourceListing
    ) async throws(CreationError) -> DataCheck? {
        guard case .files = listing else { return nil }
        let check: DataCheck
        do throws(MetainfoError) { check = try await DataCheck.run(file, metainfo, against: mapping.here) } catch {
            throw self.error(.notATorrent(error))
        }
        if check == .cancelled { throw error(.cancelled) }
        return check
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
}

extension TorrentOrder {
    private var isGone: Bool {
        do throws(Errno) { _ = try mapping.here.stat() } catch {
            return mapping.rule == nil && mapping.isSeenHere && error == .noSuchFileOrDirectory
        }
        return false
    }

    func error(_ code: CreationError.Code) -> CreationError {
        CreationError(code, of: source, there: mapping.there)
    }

    func failure(_ fault: CreationFault) -> CreationError {
        switch fault {
        case .server(let problem): error(.server(problem))
        // What a server says of a source that has gone meanwhile misleads (observed).
        case .creation(.server) where isGone: error(.sourceMissing)
        case .creation(let failure): error(.creation(failure))
        case .cancelled: error(.cancelled)
        }
    }
}

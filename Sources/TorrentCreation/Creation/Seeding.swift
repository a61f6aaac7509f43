import FoundationEssentials
import QBittorrentClient
import SystemPackage

/// A torrent that was just made, on its way into the server's own list.
struct Seeding {
    private let session: Session
    /// What the server calls it: the hash of version 2 if it has one, cut short, otherwise that of version 1 (observed).
    private let id: String

    init(_ session: Session, of metainfo: Metainfo) {
        self.session = session
        id = String((metainfo.infoHashV2 ?? metainfo.infoHashV1)?.description.prefix(40) ?? "")
    }

    /// Adds it, and looks what the server makes of it.
    ///
    /// - Parameters:
    ///   - source: what the torrent was made of, as the server sees it. Where nobody says otherwise the server finds
    ///     the files there.
    ///   - mayBeThere: whether the server may have it already, of an earlier run.
    func start(
        _ file: [UInt8], _ options: Torrents.Options, source: String, mayBeThere: Bool = false
    ) async throws(ServerError) -> SeedingState {
        var options = options
        options.startsAsItIs = true
        let folder = FilePath(source).removingLastComponent()
        if let savePath = options.savePath {
            // Only what was just hashed need not be hashed again.
            options.skipsChecking = options.skipsChecking && FilePath(savePath).lexicallyNormalized() == folder
        } else {
            options.savePath = folder.string
        }
        do throws(ServerError) { try await add(file, options) } catch {
            // 5.1.0 does not say why (observed).
            switch error.code {
            case .torrentRefused(.unexplained), .torrentRefused(.duplicate):
                guard let state = await state() else { throw error }
                // It is what was asked for, whoever has added it.
                if mayBeThere || state.isSeeding { return state }
            default: throw error
            }
            throw ServerError(.torrentRefused(.duplicate), at: error.server, error.endpoint)
        }
        return await settledState()
    }

    /// Once it is on its way it is not cut off: whether the server has it would be anybody's guess.
    private func add(_ file: [UInt8], _ options: Torrents.Options) async throws(ServerError) {
        guard !Task.isCancelled else {
            throw ServerError(.transport(.cancelled), at: session.server, "torrents/add")
        }
        let session = session
        try await Task { () -> Result<Void, ServerError> in
            do throws(ServerError) { return .success(try await Torrents(session).add(file, options)) } catch {
                return .failure(error)
            }
        }.value.get()
    }

    /// Adding goes on after the answer, so it is given a few seconds. What takes longer is checked, and not waited for.
    private func settledState() async -> SeedingState {
        var last: SeedingState?
        for delay in Self.looks {
            if (try? await Task.sleep(for: delay)) == nil { break }
            last = await state() ?? last
            if let last, !last.isPassing { return last }
        }
        return last ?? SeedingState("unknown")
    }

    private static let looks: [Duration] =
        [.zero] + Array(repeating: .milliseconds(20), count: 10) + Array(repeating: .milliseconds(200), count: 20)

    /// Nil where the server has no such torrent.
    private func state() async -> SeedingState? {
        let request = Request.get("torrents/info", query: [Field("hashes", id)])
        guard let answer = try? await session.accepted(request) else { return nil }
        return (try? JSONDecoder().decode([Listed].self, from: Data(answer.body)))?.first
            .map { SeedingState($0.state) }
    }

    private struct Listed: Decodable { let state: String }
}

import QBittorrentClient
import SystemPackage
import TorrentCreation

extension BatchEvent {
    /// Nil for what is not worth a line.
    var words: String? {
        switch self {
        case .queued, .running, .held, .ended: nil
        case .withoutTuning: "the server refuses piece size, alignment or padding; going on without them"
        case .submittedAgain: "the server lost the task; submitting it again"
        case .taskLeft(let id): "the server's task \(id) could not be deleted; it is still in its list"
        }
    }
}

extension Problem {
    /// Why a torrent was not made.
    init(creating error: any Error) { self = Self.unspeakable(error) ?? Problem(from: error) }

    /// 5.3.0 puts the name into a header as it is, and a line break in it breaks the answer (observed).
    private static func unspeakable(_ error: any Error) -> Problem? {
        guard let error = error as? CreationError, case .server(let problem) = error.code,
            problem.code == .transport(.notHTTP), error.source.string.inOneLine != error.source.string
        else { return nil }
        return Problem(
            .sourceOrPathWrong, "The server cannot hand out a torrent with a line break or the like in its name.",
            at: error.source.string.inOneLine, next: "rename the source")
    }
}

extension QueueObstacle {
    /// What a source waits behind.
    var sentence: String {
        let others = "\(self.others) task\(self.others == 1 ? "" : "s") of others in the server's list"
        guard let id, let sourcePath else { return others }
        return "\(others); it works on \(sourcePath)\(progress.map { " (\($0) %)" } ?? ""), task \(id)"
    }
}

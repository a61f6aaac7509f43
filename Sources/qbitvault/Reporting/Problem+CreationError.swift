import SystemPackage
import TorrentCreation

extension Problem {
    init(_ error: CreationError) {
        let place = [error.source.string, error.sourceThere.map { "as the server sees it: \($0)" }]
            .compactMap(\.self).joined(separator: "; ")
        switch error.code {
        case .sourceMissing:
            self.init(
                .sourceOrPathWrong, "The source is not there.", at: place,
                next: "correct the path, or add a rule under qbittorrent.docker_path_mapping")
        case .sourceEmpty:
            self.init(
                .sourceOrPathWrong, "The source holds nothing that goes into a torrent.", at: place,
                next: "put files there; names that begin with a dot are left out")
        case .path(let problem): self.init(problem, at: place)
        case .server(let problem): self.init(problem)
        case .creation(let failure): self.init(failure, at: place, behind: error.obstacle)
        case .notATorrent(let problem):
            self.init(
                .resultNotAsAsked, "What the server sent is no torrent: \(problem.sentence).",
                at: place, next: "try again, and look at the server's log")
        case .notAsAsked(let mismatches, let kept):
            self.init(
                .resultNotAsAsked,
                "The torrent is not what was asked for: \(mismatches.map(\.sentence).joined(separator: "; ")).",
                at: place,
                next: kept.map { "nothing was saved or seeded; the file is kept as \($0)" } ?? "nothing was saved")
        case .cannotSave(let problem): self.init(writing: problem)
        case .seeding(let problem, let saved):
            let reason = Problem(problem)
            self.init(
                reason.status, "The torrent was saved, and does not seed. \(reason.what)", at: reason.place,
                next: "add \(saved) by hand, or look whether the server has it already")
        case .sourceChanged:
            self.init(
                .resultNotAsAsked, "The source changed while the torrent was made, so nothing was saved.", at: place,
                next: "wait until nobody writes to it, and try again")
        case .sameResult(let path):
            self.init(
                .usage, "Another source of this run makes the same file, \(path).", at: place,
                next: "give them folders of their own with --output, in two runs")
        case .journal(let problem): self.init(writing: problem)
        case .cancelled: self.init(.interrupted, "Interrupted.", at: place)
        }
    }

    private init(_ failure: Creation.Failure, at place: String, behind obstacle: QueueObstacle?) {
        let place = obstacle.map { "\(place); \($0.sentence)" } ?? place
        switch failure {
        case .server(let words):
            self.init(
                .creationFailed, "The server could not make the torrent: \(words)", at: place,
                next: "check that the server can read the source under that path")
        case .parametersRefused:
            self.init(
                .creationFailed, "The server refuses the parameters.", at: place,
                next: "drop the options that it may not know")
        case .queueFull:
            self.init(.creatorQueueFull, "The server's queue stayed full.", at: place, next: "try again later")
        case .forgotten:
            self.init(
                .creationFailed, "The server lost the task twice.", at: place,
                next: "look whether it restarts, or whether others fill its queue")
        case .contradiction:
            self.init(.creationFailed, "The server contradicts itself.", at: place, next: "look at the server's log")
        case .tooLong(let limit):
            self.init(
                .timedOut, "The time for the whole run, \(limit.components.seconds) s, is over.", at: place,
                next: "raise --max-time or torrent_creation.max_time, and run it again")
        case .noProgress(let limit):
            self.init(
                .timedOut, "The torrent was not made within \(limit.components.seconds) s.", at: place,
                next: "raise torrent_creation.timeout, or look what the server is busy with")
        }
    }

    init(_ error: PathMapError, at place: String? = nil) {
        switch error {
        case .empty:
            self.init(.sourceOrPathWrong, "The path is empty.", at: place ?? "<source>", next: "name a file or folder")
        case .relative(let path, .there) where place == nil:
            self.init(
                .sourceOrPathWrong, "The server knows absolute paths alone.", at: path.string,
                next: "begin it with a slash")
        case .relative(let path, _):
            self.init(
                .configuration, "A path mapping is not absolute: \(path).", at: "qbittorrent.docker_path_mapping",
                next: "begin both sides with a slash")
        case .conflict(let first, let second, _):
            self.init(
                .configuration,
                "Two path mappings contradict each other: \(first.here) to \(first.there), \(second.here) to \(second.there).",
                at: "qbittorrent.docker_path_mapping", next: "keep one of them")
        case .hidden(let path, let rule):
            self.init(
                .sourceOrPathWrong, "The server sees another folder there, by the rule for \(rule.there).",
                at: path.string, next: "correct qbittorrent.docker_path_mapping")
        case .notText(let path):
            self.init(
                .sourceOrPathWrong, "The path is not UTF-8, and the server knows nothing else.", at: path.string,
                next: "rename it")
        }
    }
}

import TorrentCreation

extension Mismatch {
    var sentence: String {
        switch self {
        case .format(let asked, let found): "format \(found.rawValue) and not \(asked.rawValue)"
        case .privacy(let asked, _): asked ? "it is not private" : "it is private"
        case .tracker(_, let tier): "the trackers differ in tier \(tier + 1)"
        case .webSeed: "the web seeds differ"
        case .source: "the source mark differs"
        case .comment: "the comment differs"
        case .pieceSize(let asked, let found): "pieces of \(found) bytes and not \(asked)"
        case .name(let asked, let found): "it is called \(found) and not \(asked)"
        case .missingFile(let path): "\(path) is missing"
        case .unexpectedFile(let path): "\(path) should not be in it"
        case .data(let path, let piece): "the bytes of \(path) on disk are others, in piece \(piece)"
        case .fileSize(let path, let onDisk, let inTorrent): "\(path) has \(inTorrent) bytes and on disk \(onDisk)"
        }
    }
}

extension Problem {
    init(_ error: ParameterError) {
        self.init(
            .usage, error.sentence, at: "the torrent's options, or torrent_creation in the configuration",
            next: "correct it")
    }
}

extension ParameterError {
    fileprivate var sentence: String {
        let subject =
            switch field {
            case .pieceSize: "The piece size"
            case .paddedFileSizeLimit: "The padded file size limit"
            case .comment: "The comment"
            case .source: "The source mark"
            case .tracker(let tier, let place): "Tracker \(place + 1) of tier \(tier + 1)"
            case .webSeed(let place): "Web seed \(place + 1)"
            }
        return "\(subject) \(code.predicate)."
    }
}

extension ParameterError.Code {
    fileprivate var predicate: String {
        switch self {
        case .empty: "is empty"
        case .notASize: "is not a number of bytes, such as 1MiB"
        case .notPowerOfTwo(let size): "(\(size)) is not a power of two"
        case .outOfRange(let size, let allowed): "(\(size)) is not from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .noScheme: "does not begin with a scheme such as https://"
        case .unknownScheme(let allowed): "has none of these schemes: \(allowed.joined(separator: ", "))"
        case .noHost: "names no host"
        case .badHost: "names no sound host"
        case .badPort: "has no sound port"
        case .holdsBlank: "holds a blank or a character that cannot be seen"
        case .holdsSeparator: "holds a |, which separates trackers"
        case .holdsNUL: "holds a zero byte"
        }
    }
}

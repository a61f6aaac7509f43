extension CreatorTask: Decodable {
    private enum Key: String, CodingKey {
        case taskID, sourcePath, status, progress, errorMessage, format, pieceSize, `private`, ignoreDotfiles
        case comment, source, torrentFilePath, trackers, urlSeeds, timeAdded, timeStarted, timeFinished
    }

    /// Only what tells a task from another must be there. The rest comes and goes with versions and with the status, and
    /// what is of another type than expected is taken as missing.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func value<Value: Decodable>(_ key: Key) -> Value? { try? values.decode(Value.self, forKey: key) }
        id = try values.decode(String.self, forKey: .taskID)
        status = Status(try values.decode(String.self, forKey: .status))
        sourcePath = value(.sourcePath) ?? ""
        progress = value(.progress)
        errorMessage = value(.errorMessage)
        format = value(.format)
        pieceSize = value(.pieceSize)
        isPrivate = value(.private)
        ignoresDotfiles = value(.ignoreDotfiles)
        comment = value(.comment) ?? ""
        source = value(.source) ?? ""
        torrentFilePath = value(.torrentFilePath)
        // None are told as one empty text (observed), which splits into nothing.
        trackers = (value(.trackers) ?? []).split(separator: "").map(Array.init)
        urlSeeds = (value(.urlSeeds) ?? []).filter { !$0.isEmpty }
        timeAdded = value(.timeAdded)
        timeStarted = value(.timeStarted)
        timeFinished = value(.timeFinished)
    }
}

extension CreatorTask.Status {
    fileprivate init(_ text: String) {
        switch text {
        case "Queued": self = .queued
        case "Running": self = .running
        case "Finished": self = .finished
        case "Failed": self = .failed
        default: self = .other(text)
        }
    }
}

extension CreatorTime: Decodable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let seconds = try? value.decode(Int.self) {
            self = .seconds(seconds)
        } else {
            self = .text(try value.decode(String.self))
        }
    }
}

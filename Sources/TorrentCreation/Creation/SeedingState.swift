/// What a server says that it does with a torrent, in its Web API's own words: `stalledUP`, `stoppedUP`, `missingFiles`.
package struct SeedingState: Hashable, Sendable {
    package let name: String

    init(_ name: String) { self.name = name }

    /// It has the files, and gives them to whoever asks.
    package var isSeeding: Bool { ["uploading", "stalledUP", "queuedUP", "forcedUP"].contains(name) }

    /// It becomes another one by itself, mostly at once.
    var isPassing: Bool { ["checkingUP", "checkingDL", "checkingResumeData", "moving", "unknown"].contains(name) }
}

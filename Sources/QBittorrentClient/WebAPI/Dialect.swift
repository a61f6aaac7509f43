/// What differs from one Web API version to another, as far as this client is concerned.
///
/// | from | with | what |
/// | --- | --- | --- |
/// | 2.11.2 | 5.0.0 | the Torrent Creator |
/// | 2.15.1 | 5.2.0 | it takes trackers and web seeds percent-encoded; raw ones before |
/// | 2.16.0 | 5.3.0 | it can be told to take files whose names begin with a dot |
///
/// A version newer than these is taken to be like the newest. What tells itself apart has no place here: a login is
/// judged by its answer (`LoginVerdict`), and a task's times are read as they come (`CreatorTime`).
package struct Dialect: Hashable, Sendable {
    package let version: WebAPIVersion

    package init(_ version: WebAPIVersion) { self.version = version }

    /// The first version with the Torrent Creator.
    package static let torrentCreator = WebAPIVersion(2, 11, 2)

    package var hasTorrentCreator: Bool { version >= Self.torrentCreator }

    package var knowsIgnoreDotfiles: Bool { version >= WebAPIVersion(2, 16) }

    /// Older ones would put the encoded text into the torrent; from this one on, `%XX` in a raw URL would be decoded.
    var wantsEncodedLists: Bool { version >= WebAPIVersion(2, 15, 1) }

    /// A list of URLs in tiers, in the spelling of `addTask`.
    func list(_ tiers: [[String]]) -> String {
        tiers.filter { !$0.isEmpty }.map { tier in
            tier.map { wantsEncodedLists ? PercentEncoding.encode($0) : $0 }.joined(separator: "|")
        }.joined(separator: "||")
    }
}

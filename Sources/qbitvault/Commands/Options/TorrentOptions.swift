import ArgumentParser
import TorrentCreation

/// What the torrent is like. What is not said here, the configuration says.
struct TorrentOptions: ParsableArguments {
    @Option(help: "v1, v2 or hybrid.")
    var format: TorrentFormat?

    @Flag(inversion: .prefixedNo, help: "Private: peers come from its trackers alone.")
    var `private`: Bool?

    @Option(help: ArgumentHelp("Such as 1MiB; auto lets the server choose.", valueName: "size"))
    var pieceSize: String?

    @Option(parsing: .singleValue, help: ArgumentHelp("A tracker; each one is a tier of its own.", valueName: "url"))
    var tracker: [String] = []

    @Option(parsing: .singleValue, help: ArgumentHelp("A web seed.", valueName: "url"))
    var webSeed: [String] = []

    @Option(help: "A comment in the torrent.")
    var comment: String?

    @Option(help: ArgumentHelp("The tracker's own mark, which makes another info-hash.", valueName: "mark"))
    var source: String?

    @Flag(inversion: .prefixedNo, help: "Leave names out that begin with a dot.")
    var ignoreDotfiles: Bool?

    @Flag(inversion: .prefixedNo, help: "Begin large files with a piece (servers with libtorrent 1.2).")
    var optimizeAlignment: Bool?

    @Option(help: ArgumentHelp("Align files from this size on (servers with libtorrent 1.2).", valueName: "bytes"))
    var paddedFileSizeLimit: Int?

    func parameters(_ settings: CreationSettings) throws -> CreationParameters {
        try CreationParameters(
            format: format ?? settings.format.flatMap(TorrentFormat.init) ?? .hybrid,
            isPrivate: `private` ?? settings.isPrivate,
            pieceSize: try pieceSize.map { try PieceSize.read($0) } ?? settings.pieceSize,
            comment: comment ?? settings.comment ?? "",
            source: source ?? settings.source ?? "",
            trackers: tracker.isEmpty ? settings.trackers : tracker.map { [$0] },
            webSeeds: webSeed.isEmpty ? settings.webSeeds : webSeed,
            ignoreDotfiles: ignoreDotfiles ?? settings.ignoreDotfiles,
            optimizeAlignment: optimizeAlignment ?? settings.optimizeAlignment,
            paddedFileSizeLimit: paddedFileSizeLimit ?? settings.paddedFileSizeLimit)
    }
}

extension TorrentFormat: ExpressibleByArgument {}

import ArgumentParser
import SystemPackage
import TorrentCreation

/// What the torrent is like. What is not said here, the configuration says.
struct TorrentOptions: ParsableArguments {
    @Option(help: "v1, v2 or hybrid.")
    var format: TorrentFormat?

    @Flag(inversion: .prefixedNo, help: "Private: peers come from its trackers alone.")
    var `private`: Bool?

    @Option(help: ArgumentHelp("Such as 1MiB; auto lets the server choose.", valueName: "size"))
    var pieceSize: String?

    @Option(help: ArgumentHelp("A set of the configuration's torrent_creation.presets.", valueName: "name"))
    var preset: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A tracker; each one is a tier of its own. ${NAME} in an address is a credential.", valueName: "url"))
    var tracker: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Trackers of one tier, with blanks between them; after those of --tracker.", valueName: "urls"))
    var tier: [String] = []

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

    @Option(help: ArgumentHelp("Align files from this size on (servers with libtorrent 1.2).", valueName: "size"))
    var paddedFileSizeLimit: ByteCount?

    /// What holds where the options say nothing: the configuration, and above it the preset.
    func settings(in context: Context) throws -> CreationSettings {
        let settings = context.settings.torrentCreation
        guard let preset else { return settings }
        if let named = settings.presets.first(where: { $0.name == preset }) { return settings.with(named) }
        let names = settings.presets.map(\.name)
        let nearest = NearestKey.to(preset, among: names).map { "did you mean \($0)? " } ?? ""
        throw Problem(
            .configuration, "The configuration knows no preset called \(preset).",
            at: context.file?.path.string ?? "the configuration",
            next: nearest
                + (names.isEmpty
                    ? "write it under torrent_creation.presets" : "known are: \(names.joined(separator: ", "))"))
    }

    func parameters(_ settings: CreationSettings, in context: Context) throws -> CreationParameters {
        let typed = tracker.map { [$0] } + tier.map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        guard !typed.contains([]) else {
            throw Problem(
                .usage, "A tier names no tracker.", at: "--tier", next: "give its addresses, with blanks between")
        }
        let trackers = typed.isEmpty ? settings.trackers : typed
        return try CreationParameters(
            format: format ?? settings.format.flatMap(TorrentFormat.init) ?? .hybrid,
            isPrivate: `private` ?? settings.isPrivate,
            pieceSize: try pieceSize.map { try PieceSize.read($0) } ?? settings.pieceSize,
            comment: comment ?? settings.comment ?? "",
            source: source ?? settings.source ?? "",
            trackers: try trackers.map(context.resolve),
            webSeeds: try context.resolve(webSeed.isEmpty ? settings.webSeeds : webSeed),
            ignoreDotfiles: ignoreDotfiles ?? settings.ignoreDotfiles,
            optimizeAlignment: optimizeAlignment ?? settings.optimizeAlignment,
            paddedFileSizeLimit: paddedFileSizeLimit?.bytes ?? settings.paddedFileSizeLimit)
    }
}

extension TorrentFormat: ExpressibleByArgument {}

/// A number of bytes, with or without a unit.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let node = YamlNode(content: .scalar(argument, plain: true), position: .start)
        guard let bytes = SettingKind<Int>.size.read(node, PathBase(folder: "", home: nil)) else { return nil }
        self.bytes = bytes
    }
}

import ArgumentParser
import SystemPackage
import TorrentCreation

/// Where the .torrent file goes, and how long it may take.
struct ResultOptions: ParsableArguments {
    @Option(
        name: [.short, .long], help: ArgumentHelp("The folder that the .torrent files go to.", valueName: "folder"))
    var output: String?

    @Flag(help: "Replace a .torrent file that is there already.")
    var overwrite = false

    @Flag(inversion: .prefixedNo, help: "Hash all bytes here too, on all cores, and compare.")
    var verifyData: Bool?

    @Option(help: ArgumentHelp("Give up on a source after so long without progress.", valueName: "seconds"))
    var timeout: Int?

    @Option(help: ArgumentHelp("Give up after so long in all, for all sources together.", valueName: "seconds"))
    var maxTime: Int?

    func validate() throws {
        guard (timeout ?? 1) > 0, (maxTime ?? 1) > 0 else { throw ValidationError("A time must be at least a second.") }
        guard output != "" else { throw ValidationError("--output names no folder; `.` is the one you are in.") }
    }

    func folder(_ settings: CreationSettings) -> FilePath {
        output.map { FilePath($0) } ?? settings.outputFolder ?? "."
    }

    /// - Parameter name: the source's, which the torrent has too.
    static func fileName(for name: String) -> String { name.asStem + ".torrent" }

    func mode(_ settings: CreationSettings) -> FilePermissions? {
        settings.outputMode.map { FilePermissions(rawValue: $0) }
    }

    func limits(_ settings: CreationSettings) -> Creation.Limits {
        var limits = Creation.Limits()
        limits.withoutProgress = timeout.map { .seconds($0) } ?? settings.timeout
        limits.inAll = maxTime.map { .seconds($0) } ?? settings.longest
        limits.slowestPace = settings.pollInterval
        return limits
    }
}

extension String {
    /// Fit to stand before an ending: without line breaks and the like, and short enough to leave room for endings in a
    /// name of 255 bytes, the temporary name's among them.
    fileprivate var asStem: String {
        var stem = ""
        for character in self {
            let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            let next = isControl ? "_" : String(character)
            if stem.utf8.count + next.utf8.count > 216 { break }
            stem += next
        }
        return stem
    }
}

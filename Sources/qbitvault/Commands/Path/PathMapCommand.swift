import ArgumentParser
import SystemPackage
import TorrentCreation

/// Explains how a path is mapped. No server is asked.
struct PathMapCommand: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Explain how a path becomes the server's.",
        discussion: """
            By the rules of qbittorrent.docker_path_mapping: by whole names, the longest left side first, and the path as it is \
            typed before any link is followed. No server is asked; `path check` does that.
            """)

    @Argument(help: ArgumentHelp("Paths of this machine; with --inverse, of the server.", valueName: "path"))
    var paths: [String]

    @Flag(help: "From the server's view to this machine's.")
    var inverse = false

    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let map = try context.pathMap()
        for path in paths {
            let mapping =
                try inverse
                ? map.mapping(ofServerPath: FilePath(path))
                : map.there(for: FilePath(path), in: context.world.workingFolder)
            try context.world.output.result(
                PathReport(path, mapping, back: map.here(for: mapping.there), line: mapping.rule.flatMap(context.line)))
        }
    }
}

/// What `path map` tells.
struct PathReport: Encodable, CustomStringConvertible {
    let path: String
    /// Absolute; nil where it cannot be seen from here.
    let here: String?
    let server: String
    let rule: Rule?
    /// `as_typed`, `folder_resolved`, `resolved` or `server_path`.
    let way: String
    /// Where the way back leads; nil where another folder stands in its place.
    let back: String?

    struct Rule: Encodable {
        let here: String
        let server: String
        let line: Int?
    }

    init(_ path: String, _ mapping: PathMapping, back: FilePath?, line: Int?) {
        self.path = path
        here = mapping.isSeenHere ? mapping.here.string : nil
        server = mapping.there
        rule = mapping.rule.map { Rule(here: $0.here.string, server: $0.there.string, line: line) }
        way =
            switch mapping.way {
            case .asTyped: "as_typed"
            case .folderResolved: "folder_resolved"
            case .resolved: "resolved"
            case .onServer: "server_path"
            }
        self.back = back?.string
    }

    var description: String {
        var lines = [path, "  the server sees: \(server)"]
        if let rule {
            lines.append("  by the rule: \(rule.here) to \(rule.server)\(rule.line.map { ", line \($0)" } ?? "")")
        } else if way == "server_path" {
            lines.append("  by no rule: what is at that path here may be something else")
        } else {
            lines.append("  by no rule: both sides are taken to be the same")
        }
        switch way {
        case "folder_resolved": lines.append("  after links on the way were followed: \(here ?? "")")
        case "resolved": lines.append("  after it was followed, being a link: the torrent is named after \(here ?? "")")
        case "server_path": if let here { lines.append("  here it is: \(here)") }
        default: break
        }
        if back == nil { lines.append("  the way back is hidden by another rule") }
        return lines.map(\.onScreen).joined(separator: "\n")
    }
}

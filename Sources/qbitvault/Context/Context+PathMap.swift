import SystemPackage
import TorrentCreation

extension Context {
    /// The rules of `docker_path_mapping`.
    ///
    /// - Throws: `Problem` with 78 for rules that cannot stand together, with the lines of both.
    func pathMap() throws -> PathMap {
        let rules = settings.qbittorrent.dockerPathMapping
        let place = "\(file?.path.string ?? "the environment"): qbittorrent.docker_path_mapping"
        if let rule = rules.first(where: { !$0.there.hasPrefix("/") || !$0.here.hasPrefix("/") }) {
            throw Problem(
                .configuration, "A path mapping is not absolute: \(rule.here) to \(rule.there).",
                at: place + (rule.line.map { ", line \($0)" } ?? ""), next: "begin both sides with a slash")
        }
        do throws(PathMapError) {
            return try PathMap(
                rules.map { rule throws(PathMapError) in
                    try TorrentCreation.PathRule(here: rule.here, there: rule.there)
                })
        } catch {
            guard case .conflict(let first, let second, let side) = error else { throw error }
            let lines = [first, second].map { rule in
                "\(rule.here) to \(rule.there)\(line(of: rule).map { " (line \($0))" } ?? "")"
            }
            throw Problem(
                .configuration,
                "Two path mappings have one folder on the \(side == .here ? "left" : "right"): \(lines[0]), and \(lines[1]).",
                at: place,
                next: "keep one of them")
        }
    }

    /// The line of the configuration that a rule stands in.
    func line(of rule: TorrentCreation.PathRule) -> Int? {
        settings.qbittorrent.dockerPathMapping.first { candidate in
            FilePath(candidate.here).lexicallyNormalized() == rule.here
                && FilePath(candidate.there).lexicallyNormalized() == rule.there
        }?.line
    }
}

import QBittorrentClient
import SystemPackage

extension UnitPlan {
    /// Refuses paths that a unit's lists of paths cannot hold: each reader takes such letters otherwise.
    func checkPaths() throws {
        for path in reads(withKey: true) + writes {
            let unsound = path.string.unicodeScalars.first {
                "\"'\\:*?[]".unicodeScalars.contains($0) || !$0.isHarmless
            }
            guard let unsound else { continue }
            throw Problem(
                .sourceOrPathWrong,
                "A unit cannot name a path with \(unsound.isHarmless ? "\(unsound)" : "a control character") in it.",
                at: path.string, next: "rename it, or name the folder around it")
        }
    }
}

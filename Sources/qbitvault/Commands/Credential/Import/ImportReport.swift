/// What an import has done.
struct ImportReport: Encodable, CustomStringConvertible {
    let imported: [String]
    /// Kept before, with the same value.
    let unchanged: [String]
    /// Names of the file that have a value and were not taken.
    let left: [String]
    let server: String
    let origin: String
    let store: String
    let source: String
    let deleted: Bool

    var description: String {
        let parts = [
            imported.isEmpty ? nil : "\(imported.listed) kept in the \(store), for \(origin)",
            unchanged.isEmpty ? nil : "\(unchanged.listed) kept there before",
            left.isEmpty ? nil : "\(left.listed) not taken",
            deleted ? "\(source) deleted" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    static let afterwards =
        "what stood in plain text may be in backups and snapshots: delete the file, and change the passwords and keys"
    static let afterDeletion =
        "deleted is not erased: backups, snapshots and the cells of an SSD may keep it; change the passwords and keys"
}

extension [String] {
    fileprivate var listed: String { joined(separator: ", ") }
}

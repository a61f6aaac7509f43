extension Request {
    /// Method, endpoint and the names in the query. Of values only those that cannot be secrets.
    var loggedTarget: String {
        let typed = encodedQuery.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? Self.logged(String(parts[0]), String(parts[1])) : Redaction.mark
        }
        let pairs = typed + query.map { Self.logged($0.name, $0.value) }
        return "\(method.rawValue) \(endpoint)" + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    private static func logged(_ name: String, _ value: String) -> String {
        "\(name)=\(isHarmless(name) && isPlain(value) ? value : Redaction.mark)"
    }

    /// Names of the Web API whose values are words of its own, numbers or hashes.
    private static func isHarmless(_ name: String) -> Bool {
        [
            "filter", "sort", "reverse", "limit", "offset", "rid", "hash", "hashes", "id", "taskID", "last_known_id",
            "normal", "info", "warning", "critical", "withData", "withMetadata", "indexes",
        ].contains(name)
    }

    private static func isPlain(_ value: String) -> Bool {
        value.utf8.count <= 64 && value.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || $0 == 0x7c }
    }
}

enum Redaction {
    static let mark = "<redacted>"
}

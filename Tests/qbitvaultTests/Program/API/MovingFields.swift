import FoundationEssentials

/// Compares two answers to one call, the second of which came some seconds later.
///
/// Answers are the same byte by byte, but for what moves by itself: of a few fields of a few calls the kind of value is
/// compared alone, and the log may have grown.
enum MovingFields {
    /// Nil where they agree; else what differs.
    static func difference(_ endpoint: String, _ before: [UInt8], _ after: [UInt8]) -> String? {
        if before == after { return nil }
        guard let fields = moving[endpoint] else { return "they are not the same bytes" }
        guard let (old, new) = (try? (AnyJSON(before), AnyJSON(after))) else { return "they are no JSON" }
        if endpoint == "log/main" { return new.begins(with: old) ? nil : "the log does not go on from where it was" }
        return old.difference(new, ignoring: fields, at: endpoint)
    }

    private static let moving: [String: Set<String>] = [
        "log/main": [],
        "app/getFreeSpaceAtPath": [""],
        "torrents/info": torrent,
        "torrents/properties": [
            "time_elapsed", "seeding_time", "reannounce", "last_seen", "dl_speed_avg", "up_speed_avg",
        ],
        "torrents/trackers": tracker,
        "transfer/info": traffic,
        "sync/maindata": torrent.union(traffic).union([
            "free_space_on_disk", "average_time_queue", "queued_io_jobs", "total_buffers_size", "total_queued_size",
            "total_peer_connections", "read_cache_overload", "write_cache_overload",
        ]),
    ]

    private static let torrent: Set<String> = [
        "time_active", "seeding_time", "reannounce", "last_activity", "has_tracker_warning", "has_tracker_error",
        "has_other_announce_error",
    ]
    /// Of a tracker that is asked now and then, and does not answer.
    private static let tracker: Set<String> = ["msg", "status", "next_announce", "min_announce", "updating"]
    private static let traffic: Set<String> = [
        "connection_status", "dht_nodes", "dl_info_speed", "up_info_speed", "dl_info_data", "up_info_data",
    ]
}

/// Any value of a JSON document.
private enum AnyJSON: Decodable, Equatable {
    case object([String: AnyJSON])
    case array([AnyJSON])
    case string(String)
    case whole(Int64)
    case number(Double)
    case flag(Bool)
    case null

    init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(AnyJSON.self, from: Data(bytes)) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? value.decode(Int64.self) {
            self = .whole(whole)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let array = try? value.decode([AnyJSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: AnyJSON].self))
        }
    }

    func begins(with other: AnyJSON) -> Bool {
        guard case .array(let mine) = self, case .array(let theirs) = other else { return false }
        return !theirs.isEmpty && mine.starts(with: theirs)
    }

    /// - Parameter fields: names whose values are compared by kind alone; an empty one is the whole document.
    func difference(_ other: AnyJSON, ignoring fields: Set<String>, at place: String, name: String = "") -> String? {
        if fields.contains(name) { return kind == other.kind ? nil : "\(place) is of another kind" }
        switch (self, other) {
        case (.object(let mine), .object(let theirs)):
            guard Set(mine.keys) == Set(theirs.keys) else { return "\(place) has other keys" }
            return mine.lazy.compactMap { key, value in
                theirs[key].flatMap { value.difference($0, ignoring: fields, at: "\(place).\(key)", name: key) }
            }.first
        case (.array(let mine), .array(let theirs)):
            guard mine.count == theirs.count else { return "\(place) has another length" }
            return zip(mine, theirs).lazy.compactMap {
                $0.difference($1, ignoring: fields, at: "\(place)[]", name: "[]")
            }.first
        default: return self == other ? nil : "\(place) is \(self), and then \(other)"
        }
    }

    private var kind: Int {
        switch self {
        case .object: 0
        case .array: 1
        case .string: 2
        case .whole, .number: 3
        case .flag: 4
        case .null: 5
        }
    }
}

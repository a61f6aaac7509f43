import FoundationEssentials
import QBittorrentClient

/// The answer of one of several servers, as a part of a document.
struct LabelledAnswer: ServerFinding {
    let status: Int
    let answer: JSONValue

    /// - Throws: `Problem` for what is no text, which a document cannot hold.
    init(_ response: Response) throws {
        status = response.status
        let isJSON = response.contentType == "application/json"
        if isJSON, let value = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body)) {
            answer = value
        } else if let text = String(validating: response.body, as: UTF8.self) {
            answer = .text(text)
        } else {
            throw Problem(
                .resultCannotBeWritten, "The answer is no text.", at: "standard output",
                next: "ask one server at a time, and save it: --server NAME --output FILE")
        }
    }
}

/// Any JSON, with whole numbers as they are.
enum JSONValue: Codable, Hashable, Sendable {
    case null
    case flag(Bool)
    case whole(Int64)
    case large(UInt64)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .whole(number)
        } else if let number = try? value.decode(UInt64.self) {
            self = .large(number)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .flag(let flag): try value.encode(flag)
        case .whole(let number): try value.encode(number)
        case .large(let number): try value.encode(number)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let fields): try value.encode(fields)
        }
    }
}

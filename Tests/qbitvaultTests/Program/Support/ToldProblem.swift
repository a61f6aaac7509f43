import FoundationEssentials
import TestSupport
import Testing

@testable import qbitvault

/// The document that `--json` gives for a failure.
struct ToldProblem: Decodable {
    let status: Int32
    let code: String
    let what: String
    let place: String?
    let next: String?

    private enum Keys: String, CodingKey { case error, status, code, what, place = "where", next }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Keys.self).nestedContainer(keyedBy: Keys.self, forKey: .error)
        status = try fields.decode(Int32.self, forKey: .status)
        code = try fields.decode(String.self, forKey: .code)
        what = try fields.decode(String.self, forKey: .what)
        place = try fields.decodeIfPresent(String.self, forKey: .place)
        next = try fields.decodeIfPresent(String.self, forKey: .next)
    }

    /// What a person is told, from the same parts.
    var message: String {
        "qbitvault: \(what)\n" + (place.map { "  where: \($0)\n" } ?? "") + (next.map { "  next:  \($0)\n" } ?? "")
    }
}

extension ToolRun {
    /// Lines of standard output, each of which must be JSON: those from the last but so many on, without the last ones.
    func documents<D: Decodable>(last count: Int, but: Int = 0, _ type: D.Type = D.self) throws -> [D] {
        let lines = text.split(separator: "\n").dropLast(but).suffix(count)
        return try lines.map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    }

    /// Standard output, which must be exactly one line of JSON; behind events, if there are any.
    func document<D: Decodable>(_ type: D.Type = D.self) throws -> D {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let events = lines.dropLast(2)
        #expect(
            lines.last?.isEmpty == true && lines.count >= 2 && events.allSatisfy { $0.contains("\"event\":") },
            "one document, one line: \(text)")
        return try JSONDecoder().decode(type, from: Data((lines.dropLast().last ?? "").utf8))
    }

    /// Asserts that the run failed with `status`, said so in three parts, and in one document that says the same.
    func expectProblem(_ status: ExitStatus, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(self.status == status.rawValue, "\(error)", sourceLocation: sourceLocation)
        let told: ToldProblem = try document()
        #expect(told.status == status.rawValue, sourceLocation: sourceLocation)
        #expect(told.code == status.code, sourceLocation: sourceLocation)
        #expect(error == told.message, sourceLocation: sourceLocation)
        guard ![.interrupted, .terminated, .hangup].contains(status) else { return }
        #expect(told.place?.isEmpty == false, "where? \(error)", sourceLocation: sourceLocation)
        #expect(told.next?.isEmpty == false, "what next? \(error)", sourceLocation: sourceLocation)
    }
}

/// Something that a server does wrong, byte by byte.
package struct Fault: Sendable {
    /// When it happens.
    package enum Moment: Sendable { case notListening, onAccept, onRequest }

    /// Where in the conversation it happens.
    package enum Stage: CaseIterable, Sendable { case probe, login, call, logout }

    package enum Step: Sendable {
        case send([UInt8])
        /// A byte a second, without end: these first, and then the last one of them again and again.
        case drip([UInt8])
        /// Again and again: 16 MB a second, where they are taken.
        case flood([UInt8])
        case pause(milliseconds: Int64)
        /// The connection ends with RST.
        case reset
        case close
    }

    package let moment: Moment
    /// Where alone it happens; nil for all calls of a stage.
    private(set) var endpoint: String?
    private let script: @Sendable (String) -> [Step]

    /// - Parameter script: what is done instead of giving the right answer, which it is handed. After the last step the
    ///   connection stays open and mute.
    package init(_ moment: Moment = .onRequest, _ script: @escaping @Sendable (String) -> [Step]) {
        self.moment = moment
        self.script = script
    }

    package init(_ moment: Moment = .onRequest, _ steps: Step...) { self.init(moment) { _ in steps } }

    /// The right answer, altered.
    package static func altered(_ alter: @escaping @Sendable (String) -> String) -> Fault {
        Fault { [.text(alter($0))] }
    }

    package func only(at endpoint: String) -> Fault {
        var fault = self
        fault.endpoint = endpoint
        return fault
    }

    func steps(insteadOf answer: String) -> [Step] { script(answer) }
}

extension Fault.Step {
    package static func text(_ text: String) -> Self { .send(Array(text.utf8)) }
}

extension String {
    /// An answer's head, with the empty line, and its body.
    package var headAndBody: (head: String, body: String) {
        guard let end = firstRange(of: "\r\n\r\n") else { return (self, "") }
        return (String(self[..<end.upperBound]), String(self[end.upperBound...]))
    }

    /// An answer with more headers.
    package func with(headers: String...) -> String {
        let (head, body) = headAndBody
        // The line break is one character.
        return head.dropLast(1) + headers.map { $0 + "\r\n" }.joined() + "\r\n" + body
    }

    /// An answer without one of its headers.
    package func without(header name: String) -> String {
        let (head, body) = headAndBody
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        return lines.filter { !$0.lowercased().hasPrefix(name + ":") }.joined(separator: "\r\n") + body
    }
}

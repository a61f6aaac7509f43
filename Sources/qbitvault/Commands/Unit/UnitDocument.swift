/// A unit as it is printed: its files, one after the other, or a document.
struct UnitDocument: Encodable, CustomStringConvertible {
    /// One file: where it goes, and what is in it.
    struct File: Encodable {
        let path: String
        let text: String
    }

    let kind: String
    let name: String
    /// What is run, word by word.
    let command: [String]
    let files: [File]
    /// Commands to be given before the first start, in this order.
    let steps: [String]

    /// `Output` adds the newline at the end.
    var description: String { String(files.map(\.text).joined(separator: "\n").dropLast()) }
}

/// How far a run is, and how that looks: a line for all sources, and one for the source that the server is at.
struct BatchProgress: Sendable {
    /// The source that the server is at.
    private struct Current {
        let index: Int
        let name: String
        /// In bytes; nil where it is not known.
        let size: Int64?
        /// When it was first seen at work, and how far it was then.
        let since: Duration
        let first: Int
        var percent: Int
    }

    private let count: Int
    private var names: [Int: (name: String, size: Int64?)] = [:]
    private var current: Current?
    private var ended = 0
    private var failed = 0
    /// Those that took time: what was made before says nothing about the time that is left.
    private var worked = 0

    /// - Parameter count: the number of sources.
    init(of count: Int) { self.count = count }

    mutating func noteQueued(_ index: Int, _ name: String, size: Int64?) { names[index] = (name, size) }

    /// - Parameter percent: nil where the server does not say.
    mutating func noteRunning(_ index: Int, percent: Int?, at time: Duration) {
        if var same = current, same.index == index {
            same.percent = percent ?? same.percent
            current = same
            return
        }
        let (name, size) = names[index] ?? ("", nil)
        current = Current(
            index: index, name: name, size: size, since: time, first: percent ?? 0, percent: percent ?? 0)
    }

    mutating func noteEnd(_ index: Int, isFailure: Bool, tookTime: Bool) {
        ended += 1
        if isFailure { failed += 1 }
        if tookTime { worked += 1 }
        names[index] = nil
        if current?.index == index { current = nil }
    }

    /// What is shown, without anything that would move a cursor.
    ///
    /// - Parameters:
    ///   - width: of the terminal, in columns. No line takes all of it.
    ///   - time: since the beginning.
    func lines(width: Int, at time: Duration) -> [String] {
        let room = max(1, width - 1)
        return [count > 1 ? batchLine(room, time) : nil, current.map { currentLine($0, room, time) }]
            .compactMap { $0?.cut(toColumns: room) }
    }

    private func batchLine(_ room: Int, _ time: Duration) -> String {
        var words = " \(ended)/\(count)"
        if failed > 0 { words += ", \(failed) failed" }
        if worked > 0, ended < count { words += ", \(Amount.time(time * (count - ended) / worked)) left" }
        return bar(Double(ended) / Double(max(1, count)), beside: words, room)
    }

    private func currentLine(_ current: Current, _ room: Int, _ time: Duration) -> String {
        var words = " \(current.percent) %"
        let done = current.percent - current.first
        let elapsed = time - current.since
        if done > 0, elapsed > .zero {
            if let size = current.size {
                words += ", \(Amount.bytes(Int64(Double(size) * Double(done) / 100 / (elapsed / .seconds(1)))))/s"
            }
            words += ", \(Amount.time(elapsed * (100 - current.percent) / done)) left"
        }
        // The name has what the numbers leave, and at least a bit.
        let name = current.name.onScreen
        return name.cut(toColumns: max(8, room - words.displayWidth - 1)) + words
    }

    /// A bar in what the words leave; none where that is too little.
    private func bar(_ share: Double, beside words: String, _ room: Int) -> String {
        let length = min(40, room - words.displayWidth - 2)
        guard length >= 5 else { return String(words.dropFirst()) }
        let full = Int((share * Double(length)).rounded(.down))
        return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: length - full) + "]" + words
    }
}

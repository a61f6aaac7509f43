/// What a run of `setup` has done, and the commands that undo it, in the order in which they are to be given.
struct SetupDeeds {
    private(set) var done: [String] = []
    private(set) var undo: [String] = []

    /// - Parameter undo: what the last deed needs comes first.
    mutating func note(_ words: String, undo command: String? = nil) {
        done.append(words)
        if let command { note(undo: command) }
    }

    mutating func note(undo command: String) { undo.insert(command, at: 0) }
}

extension Problem {
    /// The same, told by a run that has done something before it failed.
    func comingAfter(_ deeds: SetupDeeds) -> Problem {
        guard !deeds.done.isEmpty else { return self }
        let remedy = [next, "set up again, or undo what was done: \(deeds.undo.joined(separator: "; "))"]
        return Problem(
            status, "\(what) Done before that: \(deeds.done.joined(separator: "; ")).", at: place,
            next: deeds.undo.isEmpty ? next : remedy.compactMap(\.self).joined(separator: "; then "))
    }
}

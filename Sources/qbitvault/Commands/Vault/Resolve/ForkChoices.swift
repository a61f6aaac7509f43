import CredentialStores

/// Whose value counts where two copies of a vault differ: said by options, or by a person.
struct ForkChoices {
    let mine: [String]
    let theirs: [String]

    /// What the options say.
    func said(among differences: [Fork.Difference], _ place: Place) throws -> [CredentialKey: Fork.Side] {
        var choices: [CredentialKey: Fork.Side] = [:]
        for (side, words) in [(Fork.Side.mine, mine), (.theirs, theirs)] {
            for word in words {
                let key = try key(word, among: differences, place)
                if let other = choices[key], other != side {
                    throw Problem(
                        .usage, "\(word) is given to both sides.", at: "--mine, --theirs", next: "choose one of them")
                }
                choices[key] = side
            }
        }
        return choices
    }

    /// `choices`, and what a person says to the rest.
    func settled(
        _ choices: [CredentialKey: Fork.Side], _ differences: [Fork.Difference], _ prompt: Prompt, _ place: Place
    ) throws -> [CredentialKey: Fork.Side] {
        var choices = choices
        for difference in differences where choices[difference.key] == nil {
            guard prompt.isAllowed else { throw Problem(undecided: differences, choices, place) }
            choices[difference.key] = try ask(difference, prompt)
        }
        return choices
    }

    private func key(_ word: String, among differences: [Fork.Difference], _ place: Place) throws -> CredentialKey {
        let keys = differences.map(\.key)
        let found = keys.filter { $0.spelled == word || $0.name.description == word }
        if found.count == 1 { return found[0] }
        let names = keys.map(\.spelled).joined(separator: ", ")
        throw Problem(
            .usage, found.isEmpty ? "The two copies do not differ in \(word)." : "\(word) differs for several servers.",
            at: place.description,
            next: keys.isEmpty ? "leave it out: they differ in no value" : "they differ in \(names)")
    }

    private func ask(_ difference: Fork.Difference, _ prompt: Prompt) throws -> Fork.Side {
        let question = """
            \(difference.key.spelled) differs: here changed \(Moment(difference.mine.changed)) by \(difference.mine.host), \
            there \(Moment(difference.theirs.changed)) by \(difference.theirs.host). Does this machine's value count?
            """
        return try prompt.confirm(question, usual: true) ? .mine : .theirs
    }
}

extension Problem {
    fileprivate init(
        undecided differences: [Fork.Difference], _ choices: [CredentialKey: Fork.Side], _ place: Place
    ) {
        let open = differences.filter { choices[$0.key] == nil }
        let list = open.map {
            "\($0.key.spelled) (here \(Moment($0.mine.changed)) by \($0.mine.host), there \(Moment($0.theirs.changed)) by \($0.theirs.host))"
        }
        self.init(
            .vaultRolledBack, "Both copies have a value of their own for \(list.joined(separator: ", ")).",
            at: place.description,
            next: "say whose counts, with --mine NAME or --theirs NAME; --sign-in asks the server about a password")
    }
}

import CredentialStores
import Secrets

extension EarlierCredentials {
    func choose(
        _ only: [CredentialName], in context: Context, from source: borrowing ImportSource
    ) throws -> ImportChoice {
        guard !names.isEmpty else {
            throw Problem(
                .secretSourceFailed,
                "It is a file of the earlier Python tool, and even its names are encrypted. \(Self.why)",
                at: source.name,
                next: "keep each anew with `qbitvault credential set NAME`, and change it at its server")
        }
        return try ImportChoice(names.map { ($0, 0..<0) }, only: only, in: context, from: source)
    }

    /// New values for the names, typed by a person.
    func ask(
        for choice: ImportChoice, in context: Context, from source: borrowing ImportSource
    ) throws -> CredentialBatch {
        let names = choice.items.map(\.key.name.description).joined(separator: ", ")
        let what = "It is a file of the earlier Python tool, and holds \(names). \(Self.why)"
        let prompt = context.world.prompt
        guard prompt.isAllowed else {
            throw Problem(
                .usage, what, at: source.name,
                next: "run it at a terminal to type them, or keep each: qbitvault credential set NAME --stdin")
        }
        context.world.output.note("\(source.name): \(what)")
        var items: [CredentialBatch.Item] = []
        var values = Secret(copying: [])
        for item in choice.items {
            let name = item.key.name
            let value =
                name == .username
                ? Secret(copying: try prompt.ask(name.description).utf8)
                : try prompt.askNewSecret(name.description, again: "\(name) once more")
            guard !value.isEmpty else { throw PromptError(.empty) }
            if value.holdsNUL { throw StoreError(.failed(.holdsNUL), at: Place(.option, "the terminal")) }
            items.append(.init(key: item.key, value: values.count..<values.count + value.count))
            values = .joining(values, value)
        }
        return CredentialBatch(items, in: values)
    }

    private static let why = """
        Its key was derived from the name of the host, so whoever has the file can read it: its values are not taken \
        over, and count as known to others.
        """
}

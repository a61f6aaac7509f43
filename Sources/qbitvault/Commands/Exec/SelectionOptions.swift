import ArgumentParser
import CredentialStores

/// Which credentials a command gets, and what it knows them by.
struct SelectionOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Hand on this credential alone, such as QBIT_API_KEY. Repeatable.", valueName: "name"))
    var only: [CredentialName] = []

    @Flag(help: "Hand on every credential that there is for the server.")
    var all = false

    @Option(
        name: .customLong("as"), parsing: .singleValue,
        help: ArgumentHelp(
            "Hand on a credential under another name, such as ANNOUNCE=TRACKER. Repeatable.", valueName: "new=name"))
    var renamings: [Renaming] = []

    @Option(help: "Use the names that a library knows, and tell it the address of the server.")
    var preset: Preset?

    @Option(help: ArgumentHelp("Hand on this credential by standard input, its bytes alone.", valueName: "name"))
    var stdin: CredentialName?

    func validate() throws {
        if all, !only.isEmpty { throw ValidationError("Choose --only or --all.") }
        if Set(renamings.map(\.variable)).count < renamings.count {
            throw ValidationError("--as gives one name to two credentials.")
        }
    }

    /// The credentials that must be there; nil for all that are.
    var names: Set<CredentialName>? {
        if all { return nil }
        let usual: Set<CredentialName> = only.isEmpty ? [.username, .password] : Set(only)
        return usual.union(named)
    }

    /// Those that must be there in any case.
    var named: Set<CredentialName> { Set(renamings.map(\.name) + [stdin].compactMap(\.self)) }

    /// What a command knows a credential by. Nothing where it comes by standard input alone.
    func variables(of name: CredentialName) -> [String] {
        let given = renamings.filter { $0.name == name }.map(\.variable)
        if !given.isEmpty || name == stdin { return given }
        return [preset?.variables[name] ?? name.description]
    }

    /// `NEW=NAME`
    struct Renaming: ExpressibleByArgument, Hashable {
        let variable: String
        let name: CredentialName

        init?(argument: String) {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // A variable and a credential can be called the same.
            guard parts.count == 2, let variable = CredentialName(String(parts[0])),
                let name = CredentialName(String(parts[1]))
            else { return nil }
            self.variable = variable.description
            self.name = name
        }
    }
}

import ArgumentParser
import CredentialStores

/// Tells which source answers, without values.
struct CredentialWhere: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "where", abstract: "Tell which source answers for a credential, and what it hides.",
        discussion: "A user name comes from the source that has the password, whatever else is set.")

    @Argument(help: ArgumentHelp("Both QBIT_USERNAME and QBIT_PASSWORD where nothing is named.", valueName: "name"))
    var names: [CredentialName] = []
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let chain = try context.chain(CredentialOptions.none)
        let names = names.isEmpty ? [CredentialName.username, .password] : names
        try context.world.output.result(
            Sources(
                names: names.map { name in
                    Sources.Name(name: name.description, sources: chain.sightings(of: name).map(Sources.Row.init))
                }))
    }

    private struct Sources: Encodable, CustomStringConvertible {
        let names: [Name]

        struct Name: Encodable {
            let name: String
            let sources: [Row]
        }

        struct Row: Encodable {
            let source: String
            /// `answers`, `hidden`, `absent` or `fails`
            let verdict: String
            let problem: String?

            init(_ sighting: CredentialChain.Sighting) {
                source = sighting.place.description
                switch sighting.verdict {
                case .answers: (verdict, problem) = ("answers", nil)
                case .hidden: (verdict, problem) = ("hidden", nil)
                case .absent: (verdict, problem) = ("absent", nil)
                case .fails(let error): (verdict, problem) = ("fails", Problem(error).what)
                }
            }
        }

        var description: String {
            names.flatMap { name in
                [name.name] + name.sources.map { "  \($0.verdict): \($0.source)\($0.problem.map { " (\($0))" } ?? "")" }
            }.joined(separator: "\n")
        }
    }
}

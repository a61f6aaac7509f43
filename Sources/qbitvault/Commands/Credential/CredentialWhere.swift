import ArgumentParser
import CredentialStores

/// Tells which source answers, without values.
struct CredentialWhere: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "where", abstract: "Tell which source answers for a credential, and what it hides.",
        discussion: """
            User name, password and API key come from one source, the strongest that has a password or a key, \
            whatever else is set.
            """)

    @Argument(
        help: ArgumentHelp("QBIT_USERNAME, QBIT_PASSWORD and QBIT_API_KEY where nothing is named.", valueName: "name"))
    var names: [CredentialName] = []
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.several

    func run(in context: Context) async throws {
        guard global.allServers else { return try context.world.output.result(try sources(in: context)) }
        try await context.reportEachServer(sources)
    }

    private func sources(in context: Context) throws -> Sources {
        let chain = try context.chain(CredentialOptions.none)
        let names = names.isEmpty ? [CredentialName.username, .password, .apiKey] : names
        return Sources(
            names: names.map { name in
                let sightings = chain.sightings(of: name, context.wanted)
                return Sources.Name(name: name.description, sources: sightings.map(Sources.Row.init))
            })
    }

    private struct Sources: ServerFinding, CustomStringConvertible {
        let names: [Name]

        static let columns = ["who answers"]

        var cells: [String] { [names.map(\.answer).joined(separator: "; ")] }

        struct Name: Encodable, Sendable {
            let name: String
            let sources: [Row]

            /// In one line.
            var answer: String {
                for (verdict, words) in [("answers", "from"), ("fails", "fails:")] {
                    if let row = sources.first(where: { $0.verdict == verdict }) {
                        return "\(name) \(words) \(row.source)"
                    }
                }
                return sources.contains { $0.verdict == "hidden" } ? "\(name) hidden" : "no \(name)"
            }
        }

        struct Row: Encodable, Sendable {
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

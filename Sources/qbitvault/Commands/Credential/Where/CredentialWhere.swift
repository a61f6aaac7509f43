import ArgumentParser
import CredentialStores

/// Tells which source answers, without values.
struct CredentialWhere: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "where", abstract: "Tell which source answers for a credential, and what it hides.",
        discussion: """
            User name, password and API key come from one source, the strongest that has a password or a key, \
            whatever else is set. Where no name is given, what a run would sign in with is looked up as well, and how long \
            that takes. `qbitvault doctor --as cron` asks the same where nobody is logged in.
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

    private func sources(in context: Context) throws -> SourcesReport {
        let chain = try context.chain(nil).askingFailuresOnce
        // First, so that its time is that of a run which has not opened anything yet.
        let signIn = names.isEmpty ? SignInReport(context.resolve(chain), in: context) : nil
        let names = names.isEmpty ? [CredentialName.username, .password, .apiKey] : names
        let reader = SourceReader(chain, context)
        return SourcesReport(names: try names.map(reader.report), signIn: signIn)
    }
}

extension CredentialChain {
    /// The same, where a source that has failed as a whole is not asked again: for every name it would take its time,
    /// and run its programs.
    fileprivate var askingFailuresOnce: CredentialChain {
        CredentialChain(
            sources: sources.map { SharedSource($0) }, server: server, origin: origin, username: username,
            allowsUnbound: allowsUnbound)
    }
}

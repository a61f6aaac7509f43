import ArgumentParser

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file to use.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The server to work on, by its name in the configuration.", valueName: "name"))
    var server: String?

    @Flag(help: "Work on every server of the configuration.")
    var allServers = false

    @Flag(help: "Never ask anything. Implied where standard input is no terminal.")
    var noInput = false

    @Flag(help: "Write one JSON document, errors included.")
    var json = false

    @Flag(name: [.short, .long], help: "No words beside the result.")
    var quiet = false

    @Flag(
        name: [.short, .long],
        help: "Tell on standard error what is done; -vv each request, -vvv headers too. Secrets are redacted.")
    var verbose: Int

    @Option(help: ArgumentHelp("Colour in what -v tells: auto, always or never.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup(title: "Opening the vault") var vaultAccess: VaultAccessOptions

    func validate() throws {
        guard verbose == 0 || !quiet else { throw ValidationError("--quiet and --verbose exclude each other.") }
        if server?.isEmpty == true { throw ValidationError("The server's name is empty.") }
        if allServers, server != nil { throw ValidationError("Choose --server or --all-servers.") }
    }
}

/// When standard error is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    /// On a terminal, unless `NO_COLOR` says otherwise.
    case auto
    case always, never
}

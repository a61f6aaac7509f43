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

    func validate() throws {
        if server?.isEmpty == true { throw ValidationError("The server's name is empty.") }
        if allServers, server != nil { throw ValidationError("Choose --server or --all-servers.") }
    }
}

import ArgumentParser

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file to use.", valueName: "file"))
    var config: String?

    @Flag(help: "Never ask anything. Implied where standard input is no terminal.")
    var noInput = false

    @Flag(help: "Write one JSON document, errors included.")
    var json = false

    @Flag(name: [.short, .long], help: "No words beside the result.")
    var quiet = false
}

import ArgumentParser

/// Where the sources come from, beside the arguments.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sources from a file, a line each; - is standard input. Names that end with a zero byte each may hold line "
                + "breaks.", valueName: "file"))
    var from: String?

    @Option(parsing: .singleValue, help: ArgumentHelp("Every entry of a folder is a source.", valueName: "folder"))
    var each: [String] = []

    @Flag(help: "Sources are named as the server sees them.")
    var serverPath = false

    @Flag(help: "Make again what an earlier run has made. Without it, sources that have not changed are passed over.")
    var again = false

    @Flag(inversion: .prefixedNo, help: .hidden)
    var keepGoing = true

    @Flag(help: "End at the first source that fails. Without it, the others are made all the same.")
    var failFast = false

    func validate() throws {
        guard !each.contains("") else { throw ValidationError("--each names no folder; `.` is the one you are in.") }
        guard !serverPath || each.isEmpty else {
            throw ValidationError("--each looks at a folder of this machine; --server-path names what the server sees.")
        }
        guard from != "" else { throw ValidationError("--from names no file; `-` is standard input.") }
    }

    var failsFast: Bool { failFast || !keepGoing }
}

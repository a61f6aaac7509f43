import ArgumentParser

/// What is sent.
struct RequestOptions: ParsableArguments {
    @Option(
        name: [.customShort("X"), .long],
        help: ArgumentHelp("GET or POST, as before the endpoint.", valueName: "method"))
    var method: String?

    @Option(
        name: [.customShort("f"), .customLong("raw-field")], parsing: .singleValue,
        help: ArgumentHelp("A field, as it stands.", valueName: "key=value"))
    var rawField: [String] = []

    @Option(
        name: [.customShort("F"), .customLong("field")], parsing: .singleValue,
        help: ArgumentHelp(
            "A field; @FILE stands for what a file holds, @- for standard input.",
            discussion: """
                It is uploaded where the server takes files (torrents/add, torrents/parseMetadata); elsewhere it is \
                the field's value, without one newline at its end.
                """, valueName: "key=value"))
    var field: [String] = []

    @Option(help: ArgumentHelp("Send a file, or standard input (-), as the whole body.", valueName: "file"))
    var input: String?

    @Option(help: ArgumentHelp("What the body of --input is.", valueName: "type"))
    var contentType: String?
}

import ArgumentParser

/// `qbitvault trust …`
struct TrustCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Look at a server's certificate, and accept exactly that one.",
        discussion: """
            For a server whose certificate no authority vouches for, such as one that signs itself. A certificate that \
            is pinned is accepted whatever is wrong with it, and no other is, until it is pinned anew or forgotten.
            """,
        subcommands: [TrustShow.self, TrustAdd.self, TrustRemove.self])
}

import ArgumentParser
import CredentialStores
import QBittorrentClient
import Secrets

/// Keeps one credential.
struct CredentialSet: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Keep a credential for the server.",
        discussion:
            "The value is typed, or comes by standard input: printf %s \"$value\" | qbitvault credential set NAME --stdin"
    )

    @OptionGroup var argument: NameArgument
    @Flag(help: "Read the value from standard input. One newline at the end is removed.")
    var stdin = false
    @OptionGroup var place: StoreOption
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let origin = try context.server().origin
        let value = try value(context.world.prompt)
        let (store, choice) = try context.storeForWriting(place.store)
        // Asked beforehand: what fails after the write is no reason to say that nothing was kept.
        let isFirst = try context.chosenStore() == nil
        try store.write(value, for: context.key(argument.name), boundTo: origin)
        if isFirst { try context.record(choice, after: "\(argument.name) is kept in the \(store.place)") }
        let kept = Kept(name: argument.name.description, origin: origin, store: store.place.description)
        try context.world.output.done("\(argument.name) is kept in the \(store.place), for \(origin)", kept)
    }

    private struct Kept: Encodable {
        let name: String
        let origin: String
        let store: String
    }

    private func value(_ prompt: Prompt) throws -> Secret {
        if stdin { return try SecretInput.standardInput(for: "--stdin") }
        let value = try prompt.askNewSecret(argument.name.description, again: "\(argument.name) once more")
        if value.holdsNUL { throw StoreError(.failed(.holdsNUL), at: Place(.option, "the terminal")) }
        return value
    }
}

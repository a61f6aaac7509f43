import ArgumentParser

/// `qbitvault vault slot …`
struct SlotCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slot", abstract: "The ways into the vault: list, add, remove.",
        subcommands: [SlotList.self, SlotAdd.self, SlotRemove.self])
}

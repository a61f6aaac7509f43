import ArgumentParser
import CredentialStores
import QBittorrentClient

/// Takes credentials over from a file in plain text.
struct CredentialImport: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Keep what stands in a .env, and delete that on request.",
        discussion: """
            All names that have a value are kept, together, for one server: the default one has the plain names, \
            another one those that end with two underscores and its own name (QBIT_PASSWORD__NAME), or the plain ones \
            of a file that has none such.

            A .credentials of the earlier Python tool is known by its shape. Its key follows from the name of the host, \
            so its values count as known to others: its names alone are taken, and you type new values.

            Deleting a file erases nothing: backups, snapshots and the cells of an SSD keep copies. Change what stood \
            in plain text.
            """)

    @Argument(help: ArgumentHelp("The .env, or - for standard input.", valueName: "file"))
    var file: String
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Keep these and leave the others.", valueName: "name"))
    var only: [CredentialName] = []
    @Flag(help: "Replace what is kept already under the same names.")
    var replace = false
    @Flag(help: "Delete the file when all that stands in it is kept.")
    var delete = false
    @OptionGroup var place: StoreOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("The file has no name.") }
        if file == "-", delete { throw ValidationError("Standard input cannot be deleted.") }
    }

    func run(in context: Context) async throws {
        let origin = try context.server().origin
        let source = try ImportSource.read(file)
        if let mode = source.modeOpenToOthers {
            context.world.output.note(
                "others on this machine can read \(source.name) (mode \(String(mode, radix: 8))): change what stands in it"
            )
        }
        let chosen: ImportChoice
        let taken: CredentialBatch
        switch EarlierCredentials(source.content) {
        case let earlier?:
            chosen = try earlier.choose(only, in: context, from: source)
            if delete { try chosen.refuseToLoseOthers(in: source) }
            taken = try earlier.ask(for: chosen, in: context, from: source)
        case nil:
            let contents = try DotEnvContents(source.content, at: source.place)
            chosen = try contents.choose(only, in: context, from: source)
            if delete { try chosen.refuseToLoseOthers(in: source) }
            taken = try chosen.batch(from: contents, at: source.place)
        }

        let (store, choice) = try context.storeForWriting(place.store)
        let plan = try ImportPlan(taken, origin: origin, in: store)
        try plan.agree(replace: replace, in: context, from: source)
        let isFirst = try context.chosenStore() == nil
        if !plan.wanted.isEmpty { try store.write(plan.batch(of: taken), boundTo: origin) }
        if isFirst { try context.record(choice, after: "What was imported is kept in the \(store.place)") }
        do { try plan.verify(taken, origin: origin, in: store) } catch let error as StoreError {
            throw Problem(readingBack: error)
        }

        let isDeleted = try removal(of: source, after: chosen, in: context)
        let report = ImportReport(
            imported: plan.wanted.names, unchanged: plan.unchanged.names, left: chosen.left, server: context.serverName,
            origin: origin, store: store.place.description, source: source.name, deleted: isDeleted)
        try context.world.output.done(report.description, report)
        context.world.output.note(isDeleted ? ImportReport.afterDeletion : ImportReport.afterwards)
    }

    /// Deletes the file where that was said, now or before.
    private func removal(
        of source: borrowing ImportSource, after chosen: ImportChoice, in context: Context
    ) throws -> Bool {
        guard source.canBeDeleted else { return false }
        let prompt = context.world.prompt
        if !delete {
            guard prompt.isAllowed else { return false }
            let left = chosen.left.joined(separator: ", ")
            let others = left.isEmpty ? "" : " What was not taken goes with it: \(left)."
            let question = "\(source.name) still holds it in plain text.\(others) Delete the file?"
            guard try prompt.confirm(question.printable, usual: false) else { return false }
        }
        try source.delete()
        return true
    }
}

extension [CredentialBatch.Item] {
    var names: [String] { map(\.key.name.description) }
}

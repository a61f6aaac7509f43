import CredentialStores
import Secrets
import SecureFiles
import SystemPackage

/// A `.env` that `setup` has found and a person wants to move into the store.
struct SetupPlainText: ~Copyable {
    private let source: ImportSource
    private let choice: ImportChoice
    private let batch: CredentialBatch

    var name: String { source.name }

    /// Shows its names, and asks. Nil where there is none, or it is to stay.
    ///
    /// - Parameters:
    ///   - store: where it would go, for people.
    ///   - isBelieved: whether the folder that it lies in is the user's own as far as is known, and not a clone of
    ///     somebody else's.
    static func offered(in context: Context, to store: String, isBelieved: Bool) throws -> SetupPlainText? {
        guard context.world.prompt.isAllowed, let path = context.dotEnv(), try context.exists(path) else { return nil }
        do {
            let source = try ImportSource.read(path.string)
            let contents = try DotEnvContents(source.content, at: source.place)
            let choice = try contents.choose([], in: context, from: source)
            let batch = try choice.batch(from: contents, at: source.place)
            if let mode = source.modeOpenToOthers {
                context.world.output.note(
                    "others on this machine can read \(source.name) (mode \(String(mode, radix: 8))): change what stands in it"
                )
            }
            let names = batch.items.names.joined(separator: ", ")
            let question = "\(source.name) holds \(names) in plain text. Move that into the \(store)?"
            guard try context.world.prompt.confirm(question.printable, usual: isBelieved) else { return nil }
            return SetupPlainText(source: source, choice: choice, batch: batch)
        } catch let error as PromptError {
            throw error
        } catch {
            let problem = Problem(from: error)
            if problem.status != .credentialNotFound {
                context.world.output.note("\(path) stays as it is: \(problem.what)")
            }
            return nil
        }
    }

    /// The value of a name; nil where it has none.
    borrowing func value(of name: CredentialName) -> Secret? {
        for item in batch.items where item.key.name == name { return batch.value(of: item) }
        return nil
    }

    /// All that is no part of the sign-in, which is kept as it was proven.
    borrowing func addOthers(to kept: inout SetupBatch) {
        for item in batch.items where ![.username, .password, .apiKey].contains(item.key.name) {
            kept.add(batch.value(of: item), for: item.key)
        }
    }

    /// Asks whether the file is to be deleted, now that all is kept.
    borrowing func offerDeletion(in context: Context) throws {
        let left = choice.left.joined(separator: ", ")
        let others = left.isEmpty ? "" : " What was not taken goes with it: \(left)."
        let question = "\(source.name) still holds it in plain text.\(others) Delete the file?"
        let isAgreed = try context.world.prompt.confirm(question.printable, usual: false)
        if isAgreed {
            try source.delete()
            context.world.output.note("what undoes this set-up would remove the only copy from now on")
        }
        context.world.output.note(isAgreed ? ImportReport.afterDeletion : ImportReport.afterwards)
    }
}

/// Values on their way into the store, all in one piece of guarded memory.
struct SetupBatch: ~Copyable {
    private var items: [CredentialBatch.Item] = []
    private var values = Secret(copying: [])

    mutating func add(_ value: borrowing Secret, for key: CredentialKey) {
        items.append(.init(key: key, value: values.count..<values.count + value.count))
        values = .joining(values, value)
    }

    consuming func finish() -> CredentialBatch { CredentialBatch(items, in: values) }
}

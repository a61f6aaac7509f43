import CredentialStores
import Secrets

/// What an import does to the store.
struct ImportPlan {
    /// To be written.
    private(set) var wanted: [CredentialBatch.Item] = []
    /// Kept already, with the same value, for the same server.
    private(set) var unchanged: [CredentialBatch.Item] = []
    /// Kept already, and otherwise. They are among `wanted` too.
    private(set) var replaced: [CredentialBatch.Item] = []
    private let origin: String
    private let place: Place

    init(_ batch: borrowing CredentialBatch, origin: String, in store: any CredentialStore) throws {
        self.origin = origin
        place = store.place
        for item in batch.items {
            switch try store.read(item.key) {
            case let kept?:
                if kept.value == batch.value(of: item), kept.origins.contains(origin) {
                    unchanged.append(item)
                } else {
                    wanted.append(item)
                    replaced.append(item)
                }
            case nil: wanted.append(item)
            }
        }
    }

    /// Shows the names first, and asks where somebody is there. What is kept is replaced only if that was said.
    func agree(replace: Bool, in context: Context, from source: borrowing ImportSource) throws {
        let prompt = context.world.prompt
        if !replaced.isEmpty, !replace {
            let names = replaced.names.joined(separator: ", ")
            let question = "Kept already, with another value or for another address: \(names).\nReplace?"
            guard prompt.isAllowed, try prompt.confirm(question, usual: false) else {
                throw Problem(
                    .resultCannotBeWritten,
                    "Kept already, with another value or for another address: \(names). Nothing was imported.",
                    at: place.description, next: "say --replace, or name what you want: --only NAME")
            }
        }
        guard !wanted.isEmpty else { return }
        let what = "\(wanted.names.joined(separator: ", ")) from \(source.name) into the \(place), for \(origin)"
        guard prompt.isAllowed else { return context.world.output.note("importing \(what)") }
        guard try prompt.confirm("Import \(what)?", usual: true) else {
            throw Problem(
                .usage, "Nothing was imported.", at: source.name, next: "name what you want: --only NAME")
        }
    }

    func batch(of all: borrowing CredentialBatch) -> CredentialBatch {
        CredentialBatch(wanted, in: all.values.copy())
    }

    /// Before anything is deleted, the store must give back what it was given.
    func verify(_ batch: borrowing CredentialBatch, origin: String, in store: any CredentialStore) throws {
        try store.refresh()
        for item in batch.items {
            let isThere =
                switch try store.read(item.key) {
                case let kept?: kept.value == batch.value(of: item) && kept.origins.contains(origin)
                case nil: false
                }
            guard isThere else {
                throw Problem(
                    .unexpected, "The store does not give back \(item.key.name) as it was given.",
                    at: place.description, next: "look who else changes it, and import once more")
            }
        }
    }
}

extension Problem {
    /// What was imported is in the store, which does not let itself be read again.
    init(readingBack error: StoreError) {
        let problem = Problem(error)
        self.init(
            problem.status, "All was kept, but could not be read back. \(problem.what)", at: problem.place,
            next: "look after that, then import once more")
    }
}

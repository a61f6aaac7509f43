import ArgumentParser
import CredentialStores
import Secrets

/// What becomes of a vault's passphrase when its key is changed.
struct PassphraseChange: ParsableArguments {
    @Flag(help: "Ask for a new passphrase.")
    var newPassphrase = false

    @Flag(help: "Read a new passphrase from standard input. One newline at the end is removed.")
    var newPassphraseStdin = false

    @Option(help: "What an attempt at the passphrase costs from now on: interactive, moderate or sensitive.")
    var cost: NamedCost?

    @Option(help: ArgumentHelp("The passphrase slot meant, where there are several.", valueName: "name"))
    var slot: String?

    func validate() throws {
        if newPassphrase, newPassphraseStdin { throw ValidationError("Choose one way to give the new passphrase.") }
        if slot != nil, !isWanted { throw ValidationError("--slot goes with a new passphrase or a new cost.") }
    }

    var isWanted: Bool { newPassphrase || newPassphraseStdin || cost != nil }

    var isNew: Bool { newPassphrase || newPassphraseStdin }

    /// The slot that is to be replaced.
    func slot(among slots: [Slot], at place: String) throws -> Slot {
        let candidates = slots.filter(\.kind.isPassphrase)
        if let slot {
            if let found = candidates.first(where: { $0.isCalled(slot) }) { return found }
        } else if candidates.count == 1 {
            return candidates[0]
        }
        let names = candidates.map(\.name).joined(separator: ", ")
        if candidates.isEmpty {
            throw Problem(
                .usage, "The vault has no passphrase.", at: place,
                next: "add one: qbitvault vault slot add --passphrase")
        }
        let words = slot.map { "The vault has no passphrase slot called \($0)." } ?? "Which slot is meant is not clear."
        throw Problem(.usage, words, at: place, next: "name one of them with --slot: \(names)")
    }

    /// The passphrase from now on. One that stays the same is asked for, because a vault does not hold it.
    func key(for slot: Slot, of vault: VaultStore, prompt: Prompt) throws -> VaultKey {
        if newPassphraseStdin {
            return VaultKey(.passphrase, try SecretInput.standardInput(for: "--new-passphrase-stdin"))
        }
        if newPassphrase {
            return VaultKey(
                .passphrase, try prompt.askNewSecret("New passphrase", again: "New passphrase once more"))
        }
        guard prompt.isAllowed else {
            throw Problem(
                .usage, "The passphrase of the slot \(slot.name) is to stay, and nobody is here to type it.",
                at: vault.place.description, next: "run it at a terminal, or give another one: --new-passphrase-stdin")
        }
        let key = VaultKey(.passphrase, try prompt.askSecret("Passphrase of the slot \(slot.name), which stays"))
        guard try vault.opens(slot.name, with: key) else {
            throw Problem(
                .vaultCannotBeOpened, "This is not the passphrase of the slot \(slot.name).",
                at: vault.place.description, next: "type that one, or change it with --new-passphrase")
        }
        return key
    }

    /// The cost that was asked for, or the one the slot had.
    func cost(instead slot: Slot) -> PassphraseCost {
        if let cost { return cost.cost }
        if case .passphrase(let cost) = slot.kind { return cost }
        return .moderate
    }
}

/// libsodium's names for what a passphrase may cost.
enum NamedCost: String, ExpressibleByArgument, CaseIterable {
    case interactive, moderate, sensitive

    var cost: PassphraseCost {
        switch self {
        case .interactive: .interactive
        case .moderate: .moderate
        case .sensitive: .sensitive
        }
    }
}

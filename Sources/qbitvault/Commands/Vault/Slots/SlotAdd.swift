import ArgumentParser
import CredentialStores
import Secrets
import SystemPackage

/// Adds a way into the vault.
struct SlotAdd: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a way into the vault: a key file, a passphrase, a host or a recovery code.",
        discussion: """
            The vault is opened as always (QBITVAULT_KEY_FILE, QBITVAULT_PASSPHRASE_FILE, the key file on record, a passphrase \
            that is typed); the options here are about the new slot.

            A host's slot belongs to one machine, and is taken out when that machine goes. On the machine itself, its \
            private part is made in the state folder (host.key). For another one, --key-output says where it goes: hand \
            that file over as qbitvault.key in the service's $CREDENTIALS_DIRECTORY, or as host.key in its state folder, \
            and delete it here.

            A recovery code is printed once, on standard output, and is nowhere else.
            """)

    @OptionGroup var new: NewSlotOptions
    @Option(help: ArgumentHelp("What the slot is called.", valueName: "name"))
    var name: String?
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if new.host != nil, name != nil { throw ValidationError("--host gives the name already.") }
    }

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let slotName = name.map { .exactly($0) } ?? new.usualName
        // Asked first, so that nothing is typed or made in vain.
        try vault.canAddSlot(slotName, isPassphrase: new.isPassphrase)
        let key = try new.key(in: context)
        let slot = try vault.addSlot(slotName, kind: new.kind, key: key.key)
        let output = context.world.output
        let added = Added(
            name: slot.name, kind: slot.kind.words, keyFile: key.file?.string, vault: vault.path.string)
        if new.recovery {
            do { try output.recoveryCode(RecoveryCode.text(of: key.key), added) } catch {
                throw Problem(losing: slot.name, Problem(from: error))
            }
            output.note("this is the recovery code of the slot \(slot.name): write it down, it is not shown again")
            return
        }
        let file = key.file.map { ", by \($0)" } ?? ""
        try output.done("the vault has a new way in, the slot \(slot.name): \(slot.kind.words)\(file)", added)
        if new.host != nil, new.keyOutput != nil, let file = key.file {
            output.note("hand \(file) to that machine as qbitvault.key in $CREDENTIALS_DIRECTORY, and delete it here")
        }
    }

    struct Added: Encodable {
        let name: String
        let kind: String
        let keyFile: String?
        let vault: String
    }
}

extension Problem {
    /// The slot is there and nobody has its code.
    fileprivate init(losing slot: String, _ problem: Problem) {
        self.init(
            problem.status, "The slot \(slot) is added, and its code could not be written out. \(problem.what)",
            at: problem.place ?? "standard output",
            next: "take it out and add another: qbitvault vault slot remove \(ShellWord(slot))")
    }
}

extension Output {
    /// A recovery code, on a line of its own or in a document. It never leaves guarded memory but for standard output.
    fileprivate func recoveryCode(_ code: borrowing Secret, _ added: SlotAdd.Added) throws {
        guard isJSON else { return try secret(.joining(code, Secret(copying: "\n".utf8))) }
        let rest = try Self.json(added).dropFirst()
        let start = Secret.joining(Secret(copying: #"{"code":""#.utf8), code)
        try secret(.joining(start, Secret(copying: Array(#"","#.utf8) + rest)))
    }
}

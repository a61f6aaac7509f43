import CredentialStores
import SecureFiles
import SystemPackage

extension Problem {
    init(_ error: StoreError) {
        let place = error.place.description
        switch error.code {
        case .cannotOpen: self.init(cannotOpen: place, by: error.key)
        case .noKey: self.init(noKeyTo: place)
        case .interrupted(let signal):
            self.init(ExitStatus(rawValue: 128 + signal) ?? .interrupted, "Interrupted.")
        case .missing:
            self.init(
                .credentialNotFound, "The vault does not exist.", at: place,
                next: "make it with `qbitvault setup`; one that was there comes back with `qbitvault vault recover`")
        case .locked, .wouldAsk, .dismissed, .unanswered, .noBus, .noService, .noCollection:
            self.init(keyring: error.code, at: place)
        case .timedOut:
            self.init(
                .secretSourceTimedOut, "It did not answer in time.", at: place,
                next: error.place.kind == .command || error.place.kind == .keyCommand
                    ? "run it by hand to see what it waits for, or raise credentials.command_timeout"
                    : "look whether the keyring's program hangs, or raise credentials.keyring_timeout")
        case .unsafe(let unsafety):
            self.init(.unsafePermissions, unsafety.sentence, at: place, next: unsafety.remedy(for: error.place.detail))
        case .rolledBack:
            self.init(
                .vaultRolledBack, "The vault is older than what this machine has seen: it was rolled back.", at: place,
                next:
                    "put the newer file back; if it is lost, `qbitvault vault recover` takes the newest copy here, and `qbitvault vault trust` this file"
            )
        case .forged:
            self.init(
                .vaultRolledBack, "The vault is signed by another identity than the one this machine knows.",
                at: place,
                next:
                    "put the right file back, or have `qbitvault vault recover` do it; if this one is right, `qbitvault vault trust` shows what to compare"
            )
        case .forked:
            self.init(
                .vaultRolledBack, "The vault was changed apart, here and elsewhere.", at: place,
                next: "bring both together: qbitvault vault resolve")
        case .busy(let holder):
            self.init(
                .busy, "The vault is being changed by \(holder.orAnother).", at: place,
                next: "try again when it is done")
        case .damaged(let damage):
            self.init(
                .vaultDamaged, "The vault is damaged (\(damage.rawValue)).", at: place,
                next: "bring the newest sound copy back with `qbitvault vault recover`, or name a backup: --from FILE")
        case .pinDamaged:
            self.init(
                .vaultDamaged, "What this machine remembers of the vault is damaged; the vault may be sound.",
                at: place,
                next: "compare the vault's fingerprint and accept it: qbitvault vault trust")
        case .newer(let later):
            self.init(
                .vaultDamaged, "The vault was written by a later version (\(later.rawValue)).", at: place,
                next: "update qbitvault; if this is the newest, the file is damaged: put a newer copy back")
        case .failed(let reason): self.init(reason, at: error.place)
        case .exists:
            self.init(
                .resultCannotBeWritten, "It exists already, and is left as it is.", at: place,
                next: "use it, or move it away first")
        case .cannotWrite(let problem): self.init(writing: problem)
        case .changed(let problem): self.init(afterTheChange: problem)
        case .boundElsewhere(let origins):
            self.init(
                .credentialBelongsElsewhere,
                "The credential was made for \(origins.joined(separator: ", ")), and nothing was sent.", at: place,
                next: "if the server has moved: qbitvault credential bind --url URL")
        case .notEnoughMemory(let shortage): self.init(shortage, of: place)
        case .full:
            self.init(
                .resultCannotBeWritten,
                "The vault would hold more than it can: 16 MiB, 100,000 values, writes of 256 hosts.", at: place,
                next:
                    "delete what is not needed, or keep the large value elsewhere; where it is the hosts that are too many: qbitvault rotate vault-key --new-identity"
            )
        case .noSuchSlot(let name, let known):
            self.init(
                .usage, "The vault has no slot called \(name).", at: place,
                next: "it has \(known.joined(separator: ", "))")
        case .tooManySlots:
            self.init(
                .resultCannotBeWritten, "The vault would have more than 16 slots.", at: place,
                next: "take out one that is not needed: qbitvault vault slot remove NAME")
        case .tooManyPassphrases:
            self.init(
                .resultCannotBeWritten, "The vault has four passphrases, and more are never tried.", at: place,
                next: "take one out: qbitvault vault slot remove NAME; or add a key file or a recovery code")
        case .slotExists(let name):
            self.init(
                .usage, "The vault has a slot called \(name) already.", at: place,
                next: "choose another name; `qbitvault vault slot list` shows those that are taken")
        case .slotName:
            self.init(
                .usage, "A slot cannot be called that.", at: place,
                next: "choose a name of 1 to 64 bytes without control characters")
        case .keyHasSlot(let name):
            self.init(
                .usage, "This key opens the vault already, by the slot \(name).", at: place,
                next: "give another key; to rename a slot, add one with another key and remove the first")
        case .lastSlot(let name):
            self.init(
                .usage,
                "Without the slot \(name) no person could open the vault: no passphrase, key file or recovery code is left.",
                at: place, next: "add one first: qbitvault vault slot add --recovery")
        case .notARecoveryCode(let fault):
            self.init(.vaultCannotBeOpened, fault.sentence, at: place, next: "compare it with what was written down")
        case .newerCopy:
            self.init(
                .vaultRolledBack, "This copy is newer than the vault in place: nothing was changed apart.", at: place,
                next: "put it in place: qbitvault vault recover --from \(ShellWord(error.place.detail))")
        case .lost(let copy):
            self.init(
                .resultCannotBeWritten, "A vault was here and is gone; a copy of what this machine wrote last is left.",
                at: place,
                next: "bring it back: qbitvault vault recover; or move \(ShellWord(copy)) away to begin anew")
        case .noRoomForEarlier(let keys):
            let names = keys.map(\.spelled).joined(separator: ", ")
            self.init(
                .vaultRolledBack, "More values of \(names) lost than the vault has room for: nothing was changed.",
                at: place,
                next:
                    "let the oldest go: \(keys.map { "--forget \(ShellWord($0.spelled))" }.joined(separator: " "))")
        case .otherVault:
            self.init(
                .usage, "This is a file of another vault.", at: place,
                next: "name a copy of the vault in use, such as one that a sync program has put aside")
        case .noUsername:
            self.init(
                .credentialNotFound, "There is a password and no user name beside it.", at: place,
                next: error.place.kind == .command
                    ? "say username: in the configuration, or have the command tell it: {name} is what it is asked for"
                    : "add QBIT_USERNAME in the same place, or say username: in the configuration, or give --username"
            )
        case .withheld:
            self.init(
                .configuration,
                "This credential serves any server, and the configuration was merely found in the working folder.",
                at: place, next: "if you trust that configuration, name it: --config config/config.yaml")
        }
    }

    /// The change itself is made.
    private init(afterTheChange error: FileError) {
        if case .failed(.remove, let code) = error.code {
            self.init(
                .resultCannotBeWritten,
                "The vault is trusted, but a copy of another identity could not be removed: \(code).",
                at: error.path.string, next: "remove it: rm \(ShellWord(error.path.string))")
        } else if case .failed(.makeDurable, let code) = error.code {
            self.init(
                .resultCannotBeWritten,
                "The vault is changed, but the change might not outlast a power cut: \(code).", at: error.path.string,
                next: "look after the disk, then make the change again")
        } else {
            self.init(
                .resultCannotBeWritten,
                "The vault is changed, but this machine could not take note of it. \(error.sentence)",
                at: error.path.string, next: "put that right; the next use of the vault takes note")
        }
    }
}

extension RecoveryCode.Fault {
    fileprivate var sentence: String {
        switch self {
        case .length(let count): "This is not a recovery code: it has \(count) letters and digits, and not 36."
        case .character(let group): "This is not a recovery code: something in group \(group) is in no code."
        case .mistyped(let groups) where groups.count == 1:
            "This is not a recovery code: something in group \(groups[0]) is wrong."
        case .mistyped(let groups) where groups.count == 2:
            "This is not a recovery code: something in groups \(groups[0]) and \(groups[1]) is wrong."
        case .mistyped: "This is not a recovery code: more than one character is wrong."
        }
    }
}

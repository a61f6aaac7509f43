package import SecureFiles
package import SystemPackage

/// Why a place could not answer for, or keep, a credential. Never holds a value.
package struct StoreError: Error, Hashable {
    package enum Code: Hashable, Sendable {
        /// No key or passphrase that was tried opens the vault.
        case cannotOpen
        /// The keyring, or the item in it, is locked.
        case locked
        /// The keyring would ask a person about this, and nobody is there.
        case wouldAsk
        /// The person closed the keyring's dialog.
        case dismissed
        /// There is no session bus: at this path, or at the address that the environment gives.
        case noBus(path: String?)
        /// Nothing answers as a keyring on the bus.
        case noService
        /// The keyring has no place for new items.
        case noCollection
        case timedOut
        /// Nobody answered the keyring's dialog.
        case unanswered
        case unsafe(Unsafety)
        case rolledBack
        case forged
        case forked
        /// Another process changes it; nil where it cannot be told which.
        case busy(holder: String?)
        case damaged(Damage)
        /// What this host remembers of the vault cannot be read.
        case pinDamaged
        /// A format, flag or kind of slot from a later version.
        case newer(Later)
        /// The source is there and cannot be used.
        case failed(Reason)
        /// It exists and was not to be replaced.
        case exists
        case cannotWrite(FileError)
        /// The vault is changed, and something that belongs to it failed afterwards.
        case changed(but: FileError)
        /// The credential was made for other servers.
        case boundElsewhere(origins: [String])
        /// The configured store was never made.
        case missing
        /// A passphrase slot wants more memory than there is.
        case notEnoughMemory(MemoryShortage)
        /// The vault would hold more than its format allows.
        case full
        /// No slot is called that; these are there.
        case noSuchSlot(String, known: [String])
        /// A vault has at most 16.
        case tooManySlots
        /// A passphrase is tried on four slots of a vault at most.
        case tooManyPassphrases
        case slotExists(String)
        /// Nothing that a slot can be called.
        case slotName
        /// The key opens the vault already, by this slot.
        case keyHasSlot(String)
        /// Without this slot no person could open the vault.
        case lastSlot(String)
        /// What was given as a recovery code is none.
        case notARecoveryCode(RecoveryCode.Fault)
        /// The file is of another vault than the one in place.
        case otherVault
        /// The copy is newer than the file in place, and nothing was changed apart.
        case newerCopy
        /// Bringing two copies together would lose earlier values of these entries, because there are too many.
        case noRoomForEarlier([CredentialKey])
        /// No vault is in its place, where one was: this host still has the copy of what it wrote last.
        case lost(copy: String)
        /// No key was found to open the vault with.
        case noKey
        /// This signal came while somebody or something was waited for.
        case interrupted(signal: Int32)
        /// A password without a user name beside it.
        case noUsername
        /// It serves any server, and the configuration in use was merely found in the working folder.
        case withheld
    }

    /// Why a source that is there cannot be used.
    package enum Reason: Hashable, Sendable {
        case empty
        case tooLarge(limit: Int)
        /// NAME and NAME_FILE are both set.
        case nameBesideFile
        /// A file that NAME_FILE names is not there.
        case absent
        /// The line (counted from 1) of a `.env` that cannot be read.
        case syntax(line: Int)
        case holdsNUL
        /// A user name that is not plain text in UTF-8.
        case notText
        /// A key file that does not hold 32 bytes.
        case notAKeyFile
        /// A folder supplies a key file and a passphrase.
        case keyBesidePassphrase
        /// A program that was to print a secret could not be started.
        case notStarted(Errno)
        /// It ended in another way than with 0.
        case ended(Ending)
        case unreadable(FileError)
        /// What a library said, when nothing better is known.
        case other(String)
    }

    /// How a program ended.
    package enum Ending: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)
        case unknown
    }

    package let code: Code
    package let place: Place
    /// Where the key came from that was tried; nil where none was, or nobody would know it by that.
    package let key: Place?

    package init(_ code: Code, at place: Place, by key: Place? = nil) {
        self.code = code
        self.place = place
        self.key = key
    }
}

/// Where a credential is or could be: what kind of place, and which.
package struct Place: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case option, environment, environmentFile = "environment-file", serviceCredentials = "service-credentials",
            keyring, vault, key = "vault-key", dotEnv = "dotenv"
        /// A program that prints a credential, and one that prints the passphrase of the vault.
        case command, keyCommand = "vault-key-command"
    }

    package let kind: Kind
    /// A path, or the name of a variable or option; empty where the kind says it all.
    package let detail: String

    package init(_ kind: Kind, _ detail: String = "") {
        self.kind = kind
        self.detail = detail
    }
}

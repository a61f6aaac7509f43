import Secrets
import SecureFiles
package import SystemPackage

extension VaultStore {
    /// Looks at everything that can be looked at, and changes nothing: not even that the vault was seen is remembered.
    ///
    /// - Parameter backup: a copy to look at in the vault's stead.
    package func verify(_ backup: FilePath? = nil) -> VaultVerification {
        var found = VaultVerification()
        if let backup {
            found.note(.permissions(backup), Self.permissions(ofBackup: backup))
        } else {
            notePermissions(&found)
        }
        let place = Place(.vault, (backup ?? path).string)
        let file: VaultFile
        do throws(StoreError) { file = try read(backup ?? path, rule: backup == nil ? .strict : .supplied) } catch {
            found.note(.file, .failed(StoreError(error.code, at: place)))
            if backup == nil { noteBeside(nil, &found) }
            return found
        }
        let header = file.header
        found.facts = VaultStatus(of: file, pin: try? pins.read(for: path))
        found.note(.file, .sound)
        let memory = compare(header, isBackup: backup != nil, at: place)
        found.note(.memory, memory)
        // A file of another identity gets no key to try.
        var vault: OpenVault?
        if !memory.isAboutIdentity { vault = open(file, at: place, &found) }
        if backup == nil { noteBeside(vault, identity: header.identity, &found) }
        return found
    }

    private func compare(_ header: VaultHeader, isBackup: Bool, at place: Place) -> VaultCheck.Finding {
        let pin: VaultPin
        do throws(StoreError) {
            guard let known = try pins.read(for: path) else { return .warning(.notSeenBefore) }
            pin = known
        } catch { return .failed(error) }
        guard let objection = pin.objection(to: header) else { return .sound }
        switch objection {
        case .rolledBack where isBackup: return .warning(.older(pin.versions.writes(missingIn: header.versions)))
        case .forked where isBackup: return .warning(.forked)
        default: return .failed(StoreError(objection, at: place))
        }
    }

    /// Opens `file`, and notes how far that came.
    private func open(_ file: VaultFile, at place: Place, _ found: inout VaultVerification) -> OpenVault? {
        let stages: [VaultCheck.Subject] = [.slot, .payload, .identity, .index, .values]
        do throws(StoreError) {
            let key = try keys(file.header.slots)
            let vault: OpenVault
            do { vault = try OpenVault.open(file, with: key) } catch {
                throw StoreError(error.code, at: place, by: key.place)
            }
            for stage in stages { found.note(stage, .sound) }
            found.slot = vault.slot.name
            found.entries = vault.payload.items.count
            return vault
        } catch {
            let failed = error.code.subject
            for stage in stages.prefix(while: { $0 != failed }) { found.note(stage, .sound) }
            found.note(failed, .failed(error))
            return nil
        }
    }
}

extension VaultCheck.Finding {
    fileprivate var isAboutIdentity: Bool {
        if case .failed(let error) = self { error.code == .forged } else { false }
    }
}

extension StoreError.Code {
    /// What could not be done with a vault whose signature is sound.
    fileprivate var subject: VaultCheck.Subject {
        switch self {
        case .damaged(.payload), .damaged(.padding), .newer(.payloadFlags): .payload
        case .damaged(.identity): .identity
        case .damaged(.values): .values
        case .damaged(.seal), .damaged(.binding): .slot
        case .damaged, .newer: .index
        default: .slot
        }
    }
}

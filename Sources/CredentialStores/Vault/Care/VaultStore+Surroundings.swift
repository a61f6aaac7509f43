import Secrets
import SecureFiles
package import SystemPackage

extension VaultStore {
    /// All that there can be of it: the file, and what this host keeps beside it and remembers of it. Without these it is
    /// as if it had never been here.
    package var files: [FilePath] {
        [path, previous, FilePath(path.string + ".lock"), ownCopy, pins.file(for: path)]
    }

    /// Notes whether others could read or replace the vault, what is remembered of it, or its lock.
    func notePermissions(_ found: inout VaultVerification) {
        for folder in [path.removingLastComponent(), state, state.appending("pins"), ownCopy.removingLastComponent()] {
            do {
                try Folder.check(folder)
                found.note(.permissions(folder), (try? folder.stat()) == nil ? .absent : .sound)
            } catch {
                found.note(
                    .permissions(folder), .failed(StoreError(reading: error, at: Place(.vault, error.path.string))))
            }
        }
        for file in [path, FilePath(path.string + ".lock"), pins.file(for: path)] {
            found.note(.permissions(file), Self.permissions(of: file))
        }
    }

    private static func permissions(of file: FilePath) -> VaultCheck.Finding {
        do throws(FileError) {
            guard let unsafety = try Unsafety(of: file, by: .strict) else { return .sound }
            return .failed(StoreError(.unsafe(unsafety), at: Place(.vault, file.string)))
        } catch {
            return error.code == .absent
                ? .absent : .failed(StoreError(reading: error, at: Place(.vault, file.string)))
        }
    }

    /// A backup may lie where others can read it: it is encrypted. Good it is not.
    static func permissions(ofBackup file: FilePath) -> VaultCheck.Finding {
        do throws(FileError) {
            if let unsafety = try Unsafety(of: file, by: .supplied) {
                return .failed(StoreError(.unsafe(unsafety), at: Place(.vault, file.string)))
            }
            return try Unsafety(of: file, by: .strict).map { .warning(.openToOthers($0)) } ?? .sound
        } catch { return .absent }
    }

    /// Notes what this host's copies are good for, and what was left over.
    ///
    /// - Parameter identity: of the vault; nil where it could not be read, so that the pin's is taken.
    func noteBeside(_ vault: OpenVault?, identity: [UInt8]? = nil, _ found: inout VaultVerification) {
        let known = identity?.hex ?? (try? pins.read(for: path))?.identity
        for copy in [ownCopy, previous] { found.note(.copy(copy), finding(on: copy, beside: vault, identity: known)) }
        for copy in copiesUnderEarlierKeys { found.note(.copy(copy), .warning(.keptAside)) }
        let left = [path, previous, ownCopy, pins.file(for: path)].flatMap { StagedFile.leftovers(beside: $0) }
        found.note(.leftovers, left.isEmpty ? .sound : .warning(.files(left)))
    }

    private func finding(on copy: FilePath, beside vault: OpenVault?, identity: String?) -> VaultCheck.Finding {
        let file: VaultFile
        do throws(StoreError) { file = try read(copy) } catch {
            return error.code == .missing ? .absent : .warning(.refused(error.code))
        }
        guard identity == nil || file.header.identity.hex == identity else { return .warning(.refused(.forged)) }
        guard let vault else { return .sound }
        do throws(VaultFault) {
            guard let opened = try vault.reopened(as: file) else { return .warning(.otherSlot) }
            guard opened.dataKey == vault.dataKey else { return .warning(.earlierKey) }
        } catch { return .warning(.refused(error.code)) }
        switch file.header.versions.order(against: vault.file.header.versions) {
        case .same, .older: return .sound
        case .newer, .forked: return .warning(.hasMore)
        }
    }
}

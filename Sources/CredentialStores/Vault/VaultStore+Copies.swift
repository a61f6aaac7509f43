import Glibc
import SecureFiles
import SystemPackage

/// A copy of a vault that was removed, and what was in it.
struct TakenCopy: Sendable {
    let path: FilePath
    let bytes: [UInt8]
}

extension VaultStore {
    /// Removes copies that an earlier key opens, and what is left of unfinished ones, from the disk.
    ///
    /// - Returns: those that were there. A failure gives back those that were removed before it.
    func takeCopies(_ copies: [FilePath]) throws(StoreError) -> [TakenCopy] {
        var taken: [TakenCopy] = []
        for copy in copies {
            StagedFile.sweep(beside: copy)
            let bytes = try? FileReading.bytes(at: copy, rule: .strict, limit: VaultFile.largest)
            do { try remove(copy) } catch {
                giveBack(taken)
                throw error
            }
            if let bytes { taken.append(TakenCopy(path: copy, bytes: bytes)) }
        }
        return taken
    }

    /// Writes copies again. They are of use and no more than that, so a failure is none.
    func giveBack(_ copies: [TakenCopy]) {
        for copy in copies { try? stage(copy.bytes, for: copy.path).commit() }
    }

    /// Removes a file for good: a power cut does not bring it back.
    func remove(_ file: FilePath) throws(StoreError) {
        do { try Folder.remove(file) } catch {
            switch error.code {
            case .failed(.remove, .noSuchFileOrDirectory): return
            // What needs it gone has not happened yet.
            case .failed(.makeDurable, let code):
                throw StoreError(.cannotWrite(FileError(.failed(.remove, code), at: file)), at: place)
            default: throw StoreError(.cannotWrite(error), at: place)
            }
        }
    }
}

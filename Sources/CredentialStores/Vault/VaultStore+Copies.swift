import SecureFiles
import SystemPackage

/// A copy of a vault that was removed, and can be read as long as this is there.
struct TakenCopy: ~Copyable {
    let path: FilePath
    /// Nil where nobody could read it.
    fileprivate let file: FileDescriptor?

    deinit { try? file?.close() }
}

extension VaultStore {
    /// Removes a copy that an earlier key opens, and what is left of unfinished ones, from the disk.
    ///
    /// - Returns: nil where there was none.
    func takeCopy(_ path: FilePath) throws(StoreError) -> TakenCopy? {
        StagedFile.sweep(beside: path)
        let file: FileDescriptor?
        do {
            file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
        } catch {
            let reason = error as? Errno ?? .ioError
            if reason == .noSuchFileOrDirectory { return nil }
            // A link, or one without the right to read it, is no copy that anybody wants back.
            guard reason == .tooManySymbolicLinkLevels || reason == .permissionDenied else {
                throw StoreError(.cannotWrite(FileError(.failed(.open, reason), at: path)), at: place)
            }
            file = nil
        }
        let taken = TakenCopy(path: path, file: file)
        try remove(path)
        return taken
    }

    /// Writes a copy again. It is of use and no more than that, so a failure is none.
    func giveBack(_ copy: inout TakenCopy?) {
        switch copy.take() {
        case let copy?: giveBack(copy)
        case nil: break
        }
    }

    private func giveBack(_ copy: borrowing TakenCopy) {
        guard let file = copy.file, let staged = try? StagedFile(for: copy.path, mode: [.ownerReadWrite]),
            (try? staged.write(contentsOf: file, named: copy.path)) != nil
        else { return }
        try? staged.commit()
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

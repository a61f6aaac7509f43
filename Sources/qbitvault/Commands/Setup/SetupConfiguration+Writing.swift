import SecureFiles
import SystemPackage

extension SetupConfiguration {
    /// Writes it, and returns which file it was; nil where nothing had to be written. A new file is 0600 and never
    /// over one that is there; of one that is changed a copy is kept.
    func write(_ deeds: inout SetupDeeds) throws -> FilePath? {
        do throws(FileError) {
            switch step {
            case .nothing: return nil
            case .make(let path):
                try Folder.makePrivate(path.removingLastComponent())
                let file = try StagedFile(for: path, mode: [.ownerReadWrite])
                try file.write(change.newText.span)
                try file.commit(replacing: false)
                deeds.note("configuration written to \(path)", undo: "rm \(ShellWord(path.string))")
                return path
            case .change(let path, let before, let after):
                guard try FileReading.bytes(at: path, rule: .configuration, limit: YamlReader.largest) == before else {
                    throw FileError(.exists, at: path)
                }
                let copy = try Self.keep(before, of: path)
                let file = try StagedFile(for: path, mode: Self.mode(of: path))
                try file.write(after.span)
                try file.commit()
                deeds.note(
                    "configuration \(path) changed, and what it was is \(copy)",
                    undo: "mv \(ShellWord(copy.string)) \(ShellWord(path.string))")
                return path
            }
        } catch {
            guard error.code == .exists else { throw Problem(writing: error) }
            throw Problem(
                .resultCannotBeWritten, "Somebody else has written the configuration meanwhile, and it is left so.",
                at: error.path.string, next: "set up again")
        }
    }

    /// Writes a copy beside a file, under a name that is free.
    private static func keep(_ bytes: [UInt8], of path: FilePath) throws(FileError) -> FilePath {
        var number = 1
        while true {
            let copy = FilePath(path.string + ".before-setup" + (number == 1 ? "" : "-\(number)"))
            number += 1
            let file = try StagedFile(for: copy, mode: mode(of: path))
            try file.write(bytes.span)
            do throws(FileError) {
                try file.commit(replacing: false)
                return copy
            } catch {
                guard error.code == .exists, number < 100 else { throw error }
            }
        }
    }

    private static func mode(of path: FilePath) -> FilePermissions {
        (try? path.stat()).map { $0.permissions.intersection(FilePermissions(rawValue: 0o777)) } ?? [.ownerReadWrite]
    }
}

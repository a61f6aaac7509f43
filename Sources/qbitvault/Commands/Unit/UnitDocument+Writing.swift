import SecureFiles
import SystemPackage

extension UnitDocument {
    /// Writes each file under its own name, readable to everybody: no secret is in them.
    func write(into folder: FilePath, overwrites: Bool) throws {
        for file in files {
            guard let name = FilePath(file.path).lastComponent else { continue }
            do throws(FileError) {
                let staged = try StagedFile(for: folder.appending(name), mode: FilePermissions(rawValue: 0o644))
                try staged.write(Array(file.text.utf8).span)
                try staged.commit(replacing: overwrites)
            } catch { throw Problem(writing: error) }
        }
    }
}

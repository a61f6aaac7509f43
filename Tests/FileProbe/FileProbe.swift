import Glibc
import SecureFiles
import SystemPackage

/// One staged file. `FileProbe PATH COUNT` writes so many bytes; standard output says what came of it.
@main
enum FileProbe {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 3, let count = Int(words[2]) else { exit(2) }
        do throws(FileError) {
            let file = try StagedFile(for: FilePath(words[1]), mode: [.ownerReadWrite])
            try file.write([UInt8](repeating: 7, count: count).span)
            try file.commit()
            print("written")
        } catch {
            guard case .failed(let operation, let code) = error.code else { exit(1) }
            print("\(operation.rawValue) failed: \(code.rawValue)")
        }
    }
}

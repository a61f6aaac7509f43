import CredentialStores
import Secrets
import SecureFiles
import SystemPackage

extension CredentialSelection {
    /// The value of a variable.
    ///
    /// - Throws: `Problem` with 19 for a zero byte: the variable would end there.
    borrowing func textValue(of item: Item) throws -> ProgramEnvironment.Value {
        let holdsNUL = values.withBytes { bytes in item.value.contains { bytes[$0] == 0 } }
        if holdsNUL { throw Problem(zeroByteIn: item) }
        return .secret(item.value)
    }

    /// The name of a file in memory, as the program finds it.
    borrowing func sealedFile(of item: Item) throws -> String {
        let path: FilePath
        do {
            path = FilePath("/proc/self/fd/\(try MemoryFile.sealed(item.value, of: values).rawValue)")
            // Where /proc is missing, the name would lead nowhere.
            _ = try path.stat()
        } catch {
            throw Problem(
                .resultCannotBeWritten, "There can be no file in memory: \(error.words).", at: "--fd",
                next: "look whether /proc is there, or use --tmpfile")
        }
        return path.string
    }

    /// Makes it what the program reads from standard input.
    borrowing func feedStandardInput(_ item: Item) throws {
        do throws(FileError) { try MemoryFile.feed(item.value, of: values) } catch {
            throw Problem(
                .resultCannotBeWritten, "Standard input does not take \(item.name): \(error.words).", at: "--stdin",
                next: "use --fd for what is large")
        }
    }
}

extension Error {
    /// What the system said.
    fileprivate var words: String {
        if let error = self as? FileError, case .failed(_, let code) = error.code { return "\(code)" }
        return "\(self)"
    }
}

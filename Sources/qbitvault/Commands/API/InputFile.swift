import ArgumentParser
import Secrets
import SecureFiles
import SystemPackage

/// A file, or standard input, that a request's body is made of.
struct InputFile {
    private let path: FilePath
    /// Which option it belongs to.
    private let option: String

    var isStandardInput: Bool { path == "-" }

    /// What the server is told of it.
    var name: String { isStandardInput ? "stdin" : path.lastComponent?.string ?? "file" }

    /// - Parameter text: a path; `-` is standard input.
    init(_ text: String, for option: String) throws {
        guard !text.isEmpty else { throw ValidationError("A file is named after the @; @- is standard input.") }
        path = FilePath(text)
        self.option = option
    }

    /// Its bytes, in guarded memory, because they may be a secret.
    func read() throws -> Secret {
        if isStandardInput { try ClaimedInput.claim(0, for: option) }
        do throws(FileError) {
            if isStandardInput {
                return try FileReading.growingSecret(
                    from: .standardInput, named: "standard input", limit: Self.limit)
            }
            let file: FileDescriptor
            do { file = try .open(path, .readOnly, options: .closeOnExec) } catch {
                let code = error as? Errno ?? .ioError
                throw FileError(code == .noSuchFileOrDirectory ? .absent : .failed(.open, code), at: path)
            }
            defer { try? file.close() }
            return try FileReading.growingSecret(from: file, named: path, limit: Self.limit)
        } catch {
            throw Problem(
                .sourceOrPathWrong, error.sentence, at: "\(error.path), for \(option)",
                next: "name a file that this user can read; at most 64 MiB are sent")
        }
    }

    /// In bytes.
    private static let limit = 64 << 20
}

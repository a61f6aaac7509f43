import ArgumentParser
import QBittorrentClient
import SecureFiles
import SystemPackage

/// Where an answer goes, and how it looks there.
struct AnswerOptions: ParsableArguments {
    @Flag(help: "Lay JSON out for reading, as on a terminal.")
    var pretty = false

    @Option(name: [.short, .long], help: ArgumentHelp("Save the answer's body whole as this file.", valueName: "file"))
    var output: String?

    @Flag(help: "Replace a file that is there already.")
    var overwrite = false

    @Option(help: ArgumentHelp("The largest answer to take (default: 256MiB).", valueName: "size"))
    var maxSize: String?

    func validate() throws {
        guard output != "" else { throw ValidationError("--output names no file.") }
        guard output == nil || !pretty else {
            throw ValidationError("--pretty is for reading, --output saves as it is.")
        }
        guard output != nil || !overwrite else { throw ValidationError("--overwrite is about the file of --output.") }
        _ = try limit()
    }

    /// In bytes.
    func limit() throws -> Int {
        guard let maxSize else { return 256 << 20 }
        guard let count = bytes(maxSize), count > 0 else {
            throw ValidationError("--max-size is a number of bytes such as 65536, 64KiB, 16MiB or 1GiB.")
        }
        return count
    }

    /// Finds out before anything is sent whether the answer can be saved.
    func checkPlace() throws {
        guard let path = output.map({ FilePath($0) }) else { return }
        do throws(FileError) {
            if !overwrite, (try? path.stat(followTargetSymlink: false)) != nil { throw FileError(.exists, at: path) }
            _ = try StagedFile(for: path, mode: nil)
        } catch { throw Problem(writing: error) }
    }

    /// Saves an answer, or shows it.
    func save(_ answer: Response, _ output: Output) throws {
        guard let path = self.output.map({ FilePath($0) }) else { return try show(answer, output) }
        do throws(FileError) {
            let file = try StagedFile(for: path, mode: nil)
            try file.write(answer.body.span)
            try file.commit(replacing: overwrite)
        } catch { throw Problem(writing: error) }
        try output.done(
            "\(answer.body.count) bytes are in \(path)", Saved(path: path.string, bytes: answer.body.count))
    }

    /// Shows an answer on standard output: unchanged in a pipe, harmless on a terminal.
    func show(_ answer: Response, _ output: Output) throws {
        let isTerminal = Terminal.isTerminal(.standardOutput)
        let isIndented = pretty || (isTerminal && !output.isJSON)
        let indented = isIndented && answer.contentType == "application/json" ? IndentedJSON(answer.body)?.bytes : nil
        guard isTerminal else { return try output.raw(indented ?? answer.body) }
        guard let text = ScreenText(indented ?? answer.body) else {
            throw Problem(
                .resultCannotBeWritten, "The answer is no text, and would be noise on a terminal.",
                at: "standard output", next: "send it into a pipe, or save it with --output FILE")
        }
        try output.raw(text.bytes)
    }
}

/// What is told of an answer that was saved.
private struct Saved: Encodable {
    let path: String
    let bytes: Int
}

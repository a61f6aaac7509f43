import ArgumentParser

/// What opens the vault in this run alone.
struct VaultAccessOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Open the vault by a key file's 32 bytes, from this descriptor.", valueName: "number"))
    var keyFd: [Int32] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Open the vault by a passphrase, from this descriptor.", valueName: "number"))
    var passphraseFd: [Int32] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Open the vault by the passphrase that this command prints. There is no shell.", valueName: "command"))
    var passphraseCommand: [String] = []

    func validate() throws {
        guard keyFd.count + passphraseFd.count + passphraseCommand.count < 2 else {
            throw ValidationError("--key-fd, --passphrase-fd and --passphrase-command: one of them, once.")
        }
        if let number = (keyFd + passphraseFd).first { try ClaimedInput.check(number) }
        if let command = passphraseCommand.first, try CommandWords.split(command).isEmpty {
            throw ValidationError("The command that prints the passphrase is empty.")
        }
    }

    /// The words of `--passphrase-command`.
    var command: [String]? { passphraseCommand.first.flatMap { try? CommandWords.split($0) } }
}

/// A command line taken apart as a shell does, and nothing more: no variables, no patterns, no pipes.
enum CommandWords {
    static func split(_ line: String) throws(ValidationError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = line[...]
        while let next = rest.popFirst() {
            switch (next, quote) {
            case ("\\", nil), ("\\", "\""):
                guard let literal = rest.popFirst() else { throw ValidationError("The command ends in a backslash.") }
                // Within double quotes only these are special.
                let isPlain = quote != nil && literal != "\"" && literal != "\\"
                word = (word ?? "") + (isPlain ? "\\" : "") + String(literal)
            case (quote, _) where quote != nil: quote = nil
            case ("'", nil), ("\"", nil):
                quote = next
                word = word ?? ""
            case (" ", nil), ("\t", nil), ("\n", nil):
                if let finished = word { words.append(finished) }
                word = nil
            default: word = (word ?? "") + String(next)
            }
        }
        guard quote == nil else { throw ValidationError("A quotation mark in the command is not closed.") }
        if let word { words.append(word) }
        guard words.first != "" else { throw ValidationError("The command's first word is empty.") }
        return words
    }
}

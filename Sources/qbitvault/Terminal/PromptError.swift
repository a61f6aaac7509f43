import SystemPackage

/// Why a question got no answer.
struct PromptError: Error, Hashable {
    enum Code: Hashable, Sendable {
        /// Nobody may be asked in this run.
        case notAllowed
        /// Nobody is there to ask.
        case noTerminal
        /// The person ended the input (Ctrl-D), or the terminal went away.
        case endOfInput
        /// A terminal cuts longer lines short without a word.
        case tooLong(limit: Int)
        /// The bytes are not UTF-8.
        case notText
        /// Nothing was typed where something is needed, time and again.
        case empty
        /// A new secret was typed in two ways, or was empty, time and again.
        case noAgreement
        /// Neither yes nor no, time and again.
        case unclear
        /// This signal came, and the program goes on all the same.
        case interrupted(signal: Int32)
        case failed(Errno)
    }

    let code: Code

    init(_ code: Code) { self.code = code }
}

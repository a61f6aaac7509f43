import CredentialStores
import QBittorrentClient
import SecureFiles
import SystemPackage
import TorrentCreation

extension Problem {
    /// The one border where every error becomes words and a status.
    init(from error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as StoreError: self.init(error)
        case let error as ServerError: self.init(error)
        case let error as TransportError: self.init(error, at: "the connection")
        case let error as InvalidProxy: self.init(error)
        case let error as CreationError: self.init(error)
        case let error as PathMapError: self.init(error)
        case let error as ParameterError: self.init(error)
        case let error as SettingsError: self.init(error)
        case let error as PromptError: self.init(error)
        case let error as FileError: self.init(reading: error)
        case is CancellationError: self.init(.interrupted, "Interrupted.")
        default:
            self.init(
                .unexpected, "Something unexpected went wrong (\(type(of: error))).", at: "qbitvault itself",
                next: "please tell the maintainers what you did")
        }
    }

    private init(_ error: PromptError) {
        let place = "the terminal"
        switch error.code {
        case .notAllowed, .noTerminal:
            self.init(
                .usage, "Something must be typed, and nobody may be asked in this run.", at: place,
                next: "give it by an option such as --password-stdin, or run at a terminal")
        case .endOfInput: self.init(.usage, "The input ended before an answer.", at: place, next: "try again")
        case .tooLong(let limit):
            self.init(
                .usage, "A terminal takes at most \(limit) bytes in a line.", at: place,
                next: "give it by standard input")
        case .notText:
            self.init(.usage, "The answer is not UTF-8.", at: place, next: "check the terminal's encoding")
        case .empty: self.init(.usage, "Nothing was typed.", at: place, next: "try again")
        case .noAgreement:
            self.init(.usage, "The two answers were never the same.", at: place, next: "try again")
        case .unclear: self.init(.usage, "The answer was neither yes nor no.", at: place, next: "try again")
        case .interrupted(let signal):
            self.init(ExitStatus(rawValue: 128 + signal) ?? .interrupted, "Interrupted.")
        case .failed(let code):
            self.init(.unexpected, "The terminal failed: \(code).", at: place, next: "try another terminal")
        }
    }
}

import CredentialStores
import SecureFiles

extension Place: CustomStringConvertible {
    package var description: String {
        let kind =
            switch self.kind {
            // The option says itself what it is.
            case .option: ""
            case .environment: "environment"
            case .environmentFile: "file named by the environment"
            case .keyring: "keyring"
            case .vault: "vault"
            case .key: "key of the vault"
            case .command, .keyCommand: "command"
            case .serviceCredentials: "service credentials"
            case .dotEnv: ".env"
            }
        return [kind, detail].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension StoreError.Reason {
    var sentence: String {
        switch self {
        case .empty: "The secret is empty."
        case .tooLarge(let limit): "It holds more than \(limit) bytes."
        case .nameBesideFile: "The variable is set twice, as itself and as a file."
        case .absent: "The file is not there."
        case .syntax(let line): "Line \(line) cannot be read."
        case .holdsNUL: "The secret holds a zero byte, which no sign-in can carry."
        case .notText: "The user name is not plain text in UTF-8."
        case .notAKeyFile: "This is no key file: it does not hold 32 bytes."
        case .keyBesidePassphrase: "A key file and a passphrase lie there, and one of them is to be used."
        case .notStarted(let code): "The program cannot be started: \(code)."
        case .ended(.status(let status)): "The program ended with \(status)."
        case .ended(.signal(let signal)): "The program was ended by signal \(signal)."
        case .ended(.unknown): "It is not known how the program ended."
        case .unreadable(let error): error.sentence
        case .other(let words): "It failed: \(words)"
        }
    }
}

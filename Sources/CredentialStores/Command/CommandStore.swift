import Secrets
import Synchronization

/// A program that prints a credential: what `pass`, `systemd-creds decrypt` or a script of one's own does.
///
/// In its words `{name}` stands for the credential's name and `{server}` for the server's. Without `{server}` it serves
/// the default server alone, so that no other one is sent that server's password. Values cannot be bound.
///
/// What it has answered, or failed with, holds until `refresh()`: it may be slow, or want a key touched.
package final class CommandStore: CredentialSource {
    package let place: Place
    private let words: [String]
    private let names: Set<CredentialName>
    private let patience: Duration
    private let answers = Mutex<[CredentialKey: Answer]>([:])

    private enum Answer {
        case secret(Kept)
        case failure(StoreError)
    }

    private final class Kept: Sendable {
        let secret: Secret

        init(_ secret: consuming Secret) { self.secret = secret }
    }

    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - names: what it is asked for. It cannot say that it has none: a program that fails is an error.
    ///   - patience: how long it may take for one of them.
    package init(_ words: [String], for names: Set<CredentialName>, patience: Duration) {
        self.words = words
        self.names = names
        self.patience = patience
        place = Place(.command, words.first ?? "")
    }

    /// Whether a command with these words can tell one name from another.
    package static func tellsNamesApart(_ words: [String]) -> Bool { words.contains { $0.contains(nameMark) } }

    package func refresh() throws(StoreError) { answers.withLock { $0 = [:] } }

    package func names(for server: String) throws(StoreError) -> [CredentialName] {
        serves(server) ? names.sorted() : []
    }

    /// - Throws: `.timedOut`, `.failed` for a program that cannot be started, ends otherwise than with 0, prints nothing,
    ///   too much, or a zero byte.
    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        guard names.contains(key.name), serves(key.server) else { return nil }
        return try answers.withLock { answers throws(StoreError) in
            let answer = answers[key] ?? ask(key)
            answers[key] = answer
            switch answer {
            case .secret(let kept): return StoredCredential(value: kept.secret.copy(), origins: [], place: place)
            case .failure(let error): throw error
            }
        }
    }

    private func serves(_ server: String) -> Bool {
        server == CredentialKey.defaultServer || words.contains { $0.contains(Self.serverMark) }
    }

    private func ask(_ key: CredentialKey) -> Answer {
        let words = words.map { word in
            word.replacing(Self.nameMark, with: key.name.description).replacing(Self.serverMark, with: key.server)
        }
        let command = SecretCommand(words, patience: patience, as: .command)
        do throws(StoreError) {
            return .secret(Kept(try SuppliedSecret.checked(command.run(), at: place)))
        } catch {
            return .failure(StoreError(error.code, at: Place(.command, "\(place.detail), asked for \(key.name)")))
        }
    }

    private static let nameMark = "{name}"
    private static let serverMark = "{server}"
}

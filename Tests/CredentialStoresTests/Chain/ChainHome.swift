import CredentialStores
import Secrets
import SystemPackage
import TestSupport

/// The places of one test, all of them real: an environment of its own, a vault, a `.env`.
final class ChainHome {
    static let origin = "http://localhost:8080"

    let environment: Variables
    let vault: VaultStore
    let dotEnv: DotEnvStore
    private let dotEnvPath: FilePath
    private let scratch: Scratch

    init(environment: [String: String] = [:], dotEnv: String? = nil) throws {
        scratch = try Scratch()
        vault = try scratch.make()
        dotEnvPath = scratch.folder.appending(".env")
        self.dotEnv = DotEnvStore(dotEnvPath)
        self.environment = Variables(environment)
        if let dotEnv { try Files.write(dotEnv, to: dotEnvPath) }
    }

    /// The sources in the order of the program: environment, vault, `.env`.
    var sources: [any CredentialSource] { [environmentStore, vault, dotEnv] }

    var environmentStore: EnvironmentStore {
        let variables = environment
        return unsafe EnvironmentStore { name in unsafe variables[name] }
    }

    func keep(_ name: CredentialName, _ value: String, server: String = "default", origin: String = origin) throws {
        try vault.write(
            Secret(copying: value.utf8), for: CredentialKey(server: server, name: name), boundTo: origin
        )
    }

    func chain(username: String? = nil, server: String = "default", origin: String = origin) -> CredentialChain {
        CredentialChain(sources: sources, server: server, origin: origin, username: username)
    }
}

/// What a chain answered, for a test to compare.
struct Said: Equatable {
    let username: String?
    let value: String
    let place: Place
}

extension CredentialChain {
    /// The credentials to sign in with.
    func seenCredentials(_ wanted: Wanted = [.password, .apiKey]) throws -> Said? {
        switch try credentials(wanted) {
        case let answer?:
            Said(answer.credentials, at: answer.place)
        case nil: nil
        }
    }

    /// One credential by its name.
    func seen(_ name: CredentialName) throws -> Said? { Said(try find(name)) }

    func seenUsername() throws -> Said? { Said(try findUsername()) }
}

extension Said {
    /// The password; where there is none, the API key.
    fileprivate init?(_ credentials: borrowing ServerCredentials, at place: Place) {
        switch credentials.login {
        case .some(let login):
            self.init(
                username: login.username, value: String(decoding: login.password.bytes, as: UTF8.self), place: place)
        case nil:
            switch credentials.apiKey {
            case .some(let key):
                self.init(username: nil, value: String(decoding: key.bytes, as: UTF8.self), place: place)
            case nil: return nil
            }
        }
    }

    fileprivate init?(_ found: consuming CredentialChain.Found?) {
        switch consume found {
        case let found?:
            self.init(
                username: nil, value: String(decoding: found.credential.value.bytes, as: UTF8.self),
                place: found.credential.place ?? found.source.place
            )
        case nil: return nil
        }
    }
}

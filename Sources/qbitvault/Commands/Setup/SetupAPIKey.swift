import CredentialStores
import QBittorrentClient
import Secrets

/// The part of `setup` that takes an API key beside the password, where the server has such.
///
/// None is made on the server: that would be the end of one that is there, which others may use.
struct SetupAPIKey {
    let server: Server
    let options: CredentialOptions

    /// Asks for a key, and lets the server prove it. Nil where there is to be none.
    ///
    /// - Parameter found: one that stands in plain text, which is tried first.
    func offered(in context: Context, _ found: consuming Secret?) async throws -> Secret? {
        let (prompt, output) = (context.world.prompt, context.world.output)
        switch consume found {
        case let key?:
            if try await isAccepted(key, in: context) { return key }
            output.note("the server does not accept the API key that stands there, so it is not kept")
        case nil: break
        }
        var question = """
            This server knows API keys: one signs in even while this address is banned, and no failure counts. One is made in \
            its Web UI (Options, Web UI, API key). Paste one to be kept beside the password?
            """
        while try prompt.confirm(question, usual: false) {
            let key = try prompt.askSecret("API key")
            if key.holdsNUL { throw StoreError(.failed(.holdsNUL), at: Place(.option, "the terminal")) }
            if try await isAccepted(key, in: context) { return key }
            question = "The server does not accept that. Paste another one?"
        }
        return nil
    }

    private func isAccepted(_ key: borrowing Secret, in context: Context) async throws -> Bool {
        do {
            return try await context.prove(Handover(ServerCredentials(apiKey: key.copy())), at: server, options)
                == .apiKey
        } catch let error as ServerError where error.code == .wrongAPIKey || error.code == .unsoundAPIKey {
            return false
        }
    }
}

import ArgumentParser
import CredentialStores
import QBittorrentClient
import Secrets

/// What a new qBittorrent starts with so that it takes the kept password.
struct ServerHash: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "server-hash",
        abstract: "Print the line of qBittorrent.conf that makes a server take the kept password.",
        discussion: #"""
            For a new server, or one whose password is lost. Stop it, put the line below [Preferences] in its \#
            qBittorrent.conf, in place of one that begins alike, and start it. A running server writes its own over it. \#
            From 5.3 on a server moves such lines to a section [WebUI] at its first start, and then looks there alone, \#
            without the WebUI\ in front.

            Nothing is sent anywhere. The line is salted, another one each time, and whoever has it can try passwords \#
            against it: keep it as closed as qBittorrent.conf itself.
            """#
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions

    func run(in context: Context) async throws {
        let answer = try context.credentials(from: try context.chain(credentials), .password)
        let place = answer.place
        guard let login = answer.take().takeLogin() else { throw Problem(.credentialNotFound, "There is no password.") }
        // The server compares text: no login form could say it.
        guard login.password.isUTF8 else {
            throw Problem(
                .secretSourceFailed, "The password is no text in UTF-8, so nobody could sign in with it.",
                at: place.description, next: "keep another one: qbitvault credential set QBIT_PASSWORD")
        }
        let hash: WebUIPasswordHash
        do { hash = try WebUIPasswordHash(login.password) } catch {
            throw Problem(.notEnoughMemory, "There is no memory to derive the hash.", next: "free some, and repeat")
        }
        let output = context.world.output
        try output.result(Line(hash: hash, username: login.username))
        output.note("its user name is \(login.username)\(login.username == "admin" ? ", as it is without a line" : "")")
    }

    /// What is printed.
    private struct Line: Encodable, CustomStringConvertible {
        let hash: WebUIPasswordHash
        let username: String

        private enum Keys: String, CodingKey { case section, key, value, line, username }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Keys.self)
            try fields.encode("Preferences", forKey: .section)
            try fields.encode(WebUIPasswordHash.name, forKey: .key)
            try fields.encode(hash.setting, forKey: .value)
            try fields.encode(hash.line, forKey: .line)
            try fields.encode(username, forKey: .username)
        }

        var description: String { hash.line }
    }
}

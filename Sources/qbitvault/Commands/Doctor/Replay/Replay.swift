import FoundationEssentials
import Glibc
import SystemPackage

/// `credential where` of this very program, run as the surrounding would run it: what comes of it is what happens there,
/// because it is what happens.
struct Replay: Sendable {
    let surrounding: Surrounding
    let account: Account
    /// Variables that the crontab, the unit or the compose file sets, by their names.
    let set: [String]

    /// What a run there would sign in with, or why there is none to ask.
    enum Outcome: Sendable {
        case told(SignInReport)
        /// It ended before it looked for credentials.
        case ended(SignInReport.ToldError)
    }

    /// - Parameter context: of this run, whose options are kept.
    func run(_ options: GlobalOptions, in context: Context) throws -> Outcome {
        var words = ["/proc/self/exe", "credential", "where", "--json", "--quiet", "--no-input"]
        if let config = options.config {
            words += ["--config", context.world.workingFolder.pushing(FilePath(config)).string]
        }
        if let server = options.server { words += ["--server", server] }
        for command in options.vaultAccess.passphraseCommand { words += ["--passphrase-command", command] }
        let credentials = context.settings.credentials
        let patience = credentials.commandTimeout * 4 + credentials.keyringTimeout * 4 + .seconds(60)
        let run: BareRun
        do throws(Errno) {
            run = try BareRun(
                words, variables: surrounding.variables(of: account), passing: set,
                in: surrounding.folder(of: account), patience: patience)
        } catch {
            throw Problem(
                .unexpected, "This program cannot be run as \(surrounding.rawValue) does: \(error).", at: words[0],
                next: "see that /proc is mounted, and that this user may start programs")
        }
        return try Self.understand(run)
    }

    private static func understand(_ run: BareRun) throws -> Outcome {
        let document = run.output.split(separator: UInt8(ascii: "\n")).last ?? []
        let decoder = JSONDecoder()
        if let told = try? decoder.decode(Told.self, from: Data(document)) { return .told(told.signIn) }
        if let ended = try? decoder.decode(Ended.self, from: Data(document)) { return .ended(ended.error) }
        throw Problem(
            .unexpected, "What this program says of itself cannot be understood (\(run.status ?? -1)).",
            at: "qbitvault credential where", next: "please tell the maintainers what you did")
    }

    private struct Told: Decodable {
        let signIn: SignInReport

        private enum CodingKeys: String, CodingKey { case signIn = "sign_in" }
    }

    private struct Ended: Decodable { let error: SignInReport.ToldError }
}

import CredentialStores
import QBittorrentClient
import SystemPackage

/// What a run would sign in with, as `credential where` tells it: never a value.
struct SignInReport: Codable, Sendable {
    let works: Bool
    /// Where it would be sent.
    let server: String?
    /// The configuration file in use; nil where there is none.
    let configuration: String?
    let source: String?
    /// `vault`, `keyring`, `environment`, …
    let kind: String?
    /// `password`, `api_key` or both.
    let by: [String]?
    /// What gave the vault's key, by the name that it is known by, and the file.
    let keySource: String?
    let keyPlace: String?
    /// The slot of the vault that it opens.
    let slot: String?
    let milliseconds: Int
    let error: ToldError?

    private enum CodingKeys: String, CodingKey {
        case works, server, configuration, source, kind, by, slot, milliseconds, error
        case keySource = "key_source"
        case keyPlace = "key_place"
    }

    /// A problem in a document.
    struct ToldError: Codable, Sendable {
        let status: Int32
        let code: String
        let what: String
        let place: String?
        let next: String?

        private enum CodingKeys: String, CodingKey { case status, code, what, place = "where", next }
    }
}

extension SignInReport {
    init(_ resolution: Resolution, in context: Context) {
        let found = try? resolution.outcome.get()
        works = found != nil
        server = try? context.server().origin
        configuration = context.file?.path.string
        source = found?.place.description
        kind = found?.place.kind.rawValue
        by = found.map { ($0.hasAPIKey ? ["api_key"] : []) + ($0.hasPassword ? ["password"] : []) }
        keySource = found?.key?.name
        keyPlace = found?.key?.place?.detail
        slot = found?.slot
        milliseconds = Int(resolution.duration / .milliseconds(1))
        if case .failure(let problem) = resolution.outcome { error = ToldError(problem) } else { error = nil }
    }

    /// In one line.
    var sentence: String {
        guard let error else { return "signing in works: \(words)" }
        return "signing in fails (\(error.status)): \(error.what)\(error.next.map { " Next: \($0)" } ?? "")"
    }

    /// What answers, by what, and how soon.
    var words: String {
        let means = (by ?? []).map { $0 == "api_key" ? "API key" : $0 }.joined(separator: " and ")
        let key = keySource.map { ", by \($0)" } ?? ""
        return "\(source ?? "nothing")\(key), \(means), \(milliseconds) ms"
    }
}

extension SignInReport.ToldError {
    init(_ problem: Problem) {
        status = problem.status.rawValue
        code = problem.status.code
        what = problem.what
        place = problem.place
        next = problem.next
    }
}

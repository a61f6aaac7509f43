import CredentialStores
import Glibc

/// Who answers for the credentials, and how old they are.
struct KeptExamination {
    private(set) var findings: [Finding] = []
    /// Whether a source is there and fails, so that no run would get as far as the server.
    private(set) var hasFailed = false

    init(context: Context) {
        do {
            let chain = try context.chain(CredentialOptions.none)
            // As every command that signs in looks them up, the user name too.
            switch context.resolve(chain).outcome {
            case .success(let found):
                let what = found.hasPassword ? "user name and password" : "the API key"
                findings = [.ok("credentials", "\(what) from \(found.place)")]
            case .failure(let problem) where problem.status == .credentialNotFound && !Self.hasAny(chain, context):
                findings = [
                    .warning(
                        "credentials", "nobody has a password or an API key",
                        next: "qbitvault setup, unless the server wants none")
                ]
            case .failure(let problem):
                findings = [.failure("credentials", problem)]
                hasFailed = true
            }
            if !hasFailed { findings += Self.ages(in: context) }
        } catch {
            findings.append(.failure("credentials", Problem(from: error)))
            hasFailed = true
        }
    }

    private static func hasAny(_ chain: CredentialChain, _ context: Context) -> Bool {
        [CredentialName.password, .apiKey].contains { name in
            chain.sightings(of: name, context.wanted).contains { $0.verdict != .absent }
        }
    }

    /// In days.
    private static let old = 365

    private static func ages(in context: Context) -> [Finding] {
        Finding.of("age") {
            guard let choice = try context.chosenStore(), choice != .command else { return [] }
            let now = Int64(time(nil))
            let ages = try context.store(choice).list().compactMap { record in
                (record.changed ?? record.created).map { (record.key, max(0, now - $0) / 86_400) }
            }
            let aged = ages.filter { $0.1 >= old }
            if aged.isEmpty {
                guard let oldest = ages.map(\.1).max() else { return [] }
                return [
                    .ok("age", "what is kept was changed within the last \(oldest == 0 ? "day" : "\(oldest) days")")
                ]
            }
            return aged.map { key, days in
                .warning(
                    "age", "\(key.name) of \(key.server) is \(days) days old",
                    next:
                        "change it at the server, then: qbitvault credential set \(key.name)\(key.server == ServerName.usual ? "" : " --server \(ShellWord(key.server))")"
                )
            }
        }
    }
}

import CredentialStores
import SystemPackage

/// Looks what each source has to say for a name, and why it is used or not.
struct SourceReader {
    private let chain: CredentialChain
    private let context: Context
    private let placeOfTheSet: Place?

    init(_ chain: CredentialChain, _ context: Context) {
        self.chain = chain
        self.context = context
        placeOfTheSet = chain.placeOfTheSet(context.wanted)
    }

    func report(on name: CredentialName) throws -> SourcesReport.Name {
        let sightings = chain.sightings(of: name, context.wanted)
        // Whoever answers, or fails in the stead of all weaker ones.
        let end = sightings.firstIndex { sighting in
            switch sighting.verdict {
            case .answers, .fails: true
            case .hidden, .absent: false
            }
        }
        return SourcesReport.Name(
            name: name.description,
            sources: try sightings.enumerated().map { index, sighting in
                let stronger = end.flatMap { $0 < index ? sightings[$0].place : nil }
                return try row(sighting, of: name, stronger: stronger)
            })
    }

    private func row(
        _ sighting: CredentialChain.Sighting, of name: CredentialName, stronger: Place?
    ) throws -> SourcesReport.Row {
        let source = sighting.place.description
        switch sighting.verdict {
        case .answers:
            return .init(source: source, verdict: .answers, why: try opening(sighting.place), problem: nil, status: nil)
        case .hidden:
            let why = hiding(name, stronger: stronger)
            return .init(source: source, verdict: .hidden, why: why, problem: nil, status: nil)
        case .absent:
            return .init(
                source: source, verdict: .absent, why: lack(of: name, at: sighting.place), problem: nil, status: nil)
        case .fails(let error):
            let problem = Problem(error)
            return .init(
                source: source, verdict: .fails, why: nil, problem: problem.what, status: problem.status.rawValue)
        }
    }

    /// What opened the vault.
    private func opening(_ place: Place) throws -> String? {
        guard place.kind == .vault, let key = try context.vaultKeys().sourceInUse else { return nil }
        let slot = try context.vault().slotInUse.map { ", slot \($0.name)" } ?? ""
        return "opened by \(key.words)\(slot)"
    }

    /// Why a source that has something is not used.
    private func hiding(_ name: CredentialName, stronger: Place?) -> String {
        if name == .username, let username = chain.username {
            return "the configuration says who signs in: \(username)"
        }
        if let stronger { return "\(stronger) is stronger" }
        return placeOfTheSet.map { "the password or key comes from \($0), and the rest with it" }
            ?? "another source answers for all of it"
    }

    /// Why a source passes.
    private func lack(of name: CredentialName, at place: Place) -> String {
        let unscoped = CredentialKey(server: chain.server, name: name).unscopedName
        switch place.kind {
        case .environment, .environmentFile: return "neither \(unscoped) nor \(unscoped)_FILE is set"
        case .dotEnv:
            let isThere = (try? FilePath(place.detail).stat()) != nil
            return isThere ? "it does not name \(unscoped)" : "no such file"
        case .vault, .keyring: return "it has no \(name) for the server \(chain.server)"
        case .serviceCredentials: return "no file there is called \(unscoped)"
        case .command: return "it printed nothing for \(name)"
        case .option, .key, .keyCommand: return "it gives something else"
        }
    }
}

extension KeySource {
    /// Its name, and the file where that does not say it.
    var words: String {
        guard let detail = place?.detail, !detail.isEmpty, detail != name else { return name }
        return "\(name), \(detail)"
    }
}

import FoundationEssentials
import SystemPackage
import TestSupport

/// What `setup` tells a program.
struct ToldSetup: Decodable {
    let server: String
    let username: String
    let proof: String
    let store: String
    let configuration: String?
    let done: [String]
    let undo: [String]
    let dryRun: Bool

    private enum CodingKeys: String, CodingKey {
        case server, username, proof, store, configuration, done, undo
        case dryRun = "dry_run"
    }
}

/// What `check` tells a program.
struct ToldCheck: Decodable {
    let server: String
    let version: String
    let torrentCreator: Bool
    let proof: String
    let source: String?

    private enum CodingKeys: String, CodingKey {
        case server, version, proof
        case torrentCreator = "torrent_creator"
        case source = "credential_source"
    }
}

extension TestHome {
    /// What lies in the folders that the program keeps things in, but for the memory of logins and of the vault's versions.
    func kept() throws -> Set<String> {
        let files = try [configuration, data, state].flatMap(Files.all)
        let names = files.map { $0.string.dropFirst(path.string.utf8.count + 1) }
        let memory = ["state/qbitvault/logins/", "state/qbitvault/pins/", "state/qbitvault/vaults/"]
        return Set(names.filter { name in !memory.contains { name.hasPrefix($0) } }.map(String.init))
    }
}

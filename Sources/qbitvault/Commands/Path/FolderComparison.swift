import Glibc
import QBittorrentClient
import SystemPackage
import TorrentCreation

/// A folder as it is here, and as the server sees it.
struct FolderComparison: Encodable, CustomStringConvertible {
    enum Verdict: String, Encodable {
        case same, different
        /// The server has nothing there.
        case missingOnServer = "missing_on_server"
        case missingHere = "missing_here"
    }

    let path: String
    let server: String
    let verdict: Verdict
    /// Names that are here and not there.
    private(set) var onlyHere: [String] = []
    /// Names that are there and not here.
    private(set) var onlyOnServer: [String] = []
    /// Names of files that differ in size or kind; known from 5.3 on.
    private(set) var different: [String] = []

    private enum CodingKeys: String, CodingKey {
        case path, server, verdict, different
        case onlyHere = "only_here"
        case onlyOnServer = "only_on_server"
    }

    /// A file is compared by the folder that it is in.
    static func of(
        _ mapping: PathMapping, _ application: Application, _ version: WebAPIVersion
    ) async throws(ServerError) -> FolderComparison {
        let isFolder = (try? mapping.here.stat())?.type == .directory
        guard let ours = entries(mapping.here, isFolder: isFolder) else {
            return FolderComparison(mapping, .missingHere)
        }
        let there = FilePath(mapping.there)
        let theirs: [DirectoryEntry]
        do throws(ServerError) {
            theirs = try await application.entries(
                of: (isFolder ? there : there.removingLastComponent()).string, version)
        } catch {
            guard error.code == .notFound else { throw error }
            return FolderComparison(mapping, .missingOnServer)
        }
        let name = isFolder ? nil : there.lastComponent?.string
        return FolderComparison(mapping, ours, theirs.filter { name == nil || $0.name == name })
    }

    private init(_ mapping: PathMapping, _ verdict: Verdict) {
        path = mapping.here.string
        server = mapping.there
        self.verdict = verdict
    }

    private init(_ mapping: PathMapping, _ ours: [DirectoryEntry], _ theirs: [DirectoryEntry]) {
        path = mapping.here.string
        server = mapping.there
        let here = Dictionary(ours.map { ($0.name, $0) }) { first, _ in first }
        let there = Dictionary(theirs.map { ($0.name, $0) }) { first, _ in first }
        onlyHere = here.keys.filter { there[$0] == nil }.sorted()
        onlyOnServer = there.keys.filter { here[$0] == nil }.sorted()
        different = here.values.filter { entry in there[entry.name].map(entry.contradicts) ?? false }.map(\.name)
            .sorted()
        verdict = onlyHere.isEmpty && onlyOnServer.isEmpty && different.isEmpty ? .same : .different
    }

    /// What is there; nil where nothing can be seen. A name that is not UTF-8 has no counterpart at the server.
    private static func entries(_ path: FilePath, isFolder: Bool) -> [DirectoryEntry]? {
        let names: [FilePath]
        if isFolder {
            guard let found = try? FolderNames.read(path) else { return nil }
            names = found.map { path.appending($0) }
        } else {
            names = [path]
        }
        let entries = names.compactMap { place -> DirectoryEntry? in
            // The server leaves hidden names, pipes, devices and broken links out (observed).
            guard let name = place.lastComponent?.string, !isFolder || !name.hasPrefix("."),
                let file = try? place.stat(), [.regular, .directory].contains(file.type)
            else { return nil }
            return DirectoryEntry(
                name: name, isFolder: file.type == .directory, size: file.type == .regular ? file.size : nil)
        }
        return entries.isEmpty && !isFolder ? nil : entries
    }

    var advice: String {
        switch verdict {
        case .same: "nothing"
        case .missingHere: "correct the path, or the rule in qbittorrent.docker_path_mapping that begins there"
        case .missingOnServer: "correct qbittorrent.docker_path_mapping: the server has no \(server)"
        case .different:
            "correct qbittorrent.docker_path_mapping: it leads to another folder, or one side is not up to date"
        }
    }

    /// So many names are shown to people.
    private static let few = 10

    var description: String {
        var lines = ["\(path) and the server's \(server): \(verdict.rawValue.replacing("_", with: " "))"]
        for (words, names) in [("only here", onlyHere), ("only at the server", onlyOnServer), ("differ", different)] {
            lines += names.prefix(Self.few).map { "  \(words): \($0)" }
            if names.count > Self.few { lines.append("  \(words): and \(names.count - Self.few) more") }
        }
        return lines.map(\.onScreen).joined(separator: "\n")
    }
}

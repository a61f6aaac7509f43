import ArgumentParser
import QBittorrentClient
import SystemPackage
import TorrentCreation

/// Compares folders of this machine with what the server sees in their place.
struct PathCheck: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compare folders here with what the server sees.",
        discussion: """
            Signs in once, and has the server list each folder (qBittorrent 5.0 and later). Names are compared, and from 5.3 on \
            sizes and kinds too. Without a path, the left side of each rule of qbittorrent.docker_path_mapping is looked \
            at. A difference ends with 30.
            """)

    @Argument(help: ArgumentHelp("Folders or files of this machine.", valueName: "path"))
    var paths: [String] = []

    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let map = try context.pathMap()
        let typed = paths.isEmpty ? map.rules.map(\.here) : paths.map { FilePath($0) }
        guard !typed.isEmpty else {
            throw Problem(
                .usage, "There is no rule to check.", at: "qbittorrent.docker_path_mapping",
                next: "name a folder, or write a rule")
        }
        let mappings = try typed.map { try map.there(for: $0, in: context.world.workingFolder) }
        let found = try await context.signedIn(credentials) { signedIn in
            let application = Application(signedIn.session)
            let version = try await application.webAPIVersion()
            guard Dialect(version).hasTorrentCreator else {
                throw ServerError(
                    .tooOld(needs: Dialect.torrentCreator), at: signedIn.session.server, "app/getDirectoryContent")
            }
            var found: [FolderComparison] = []
            for mapping in mappings { found.append(try await FolderComparison.of(mapping, application, version)) }
            return found
        }
        for comparison in found { try context.world.output.result(comparison) }
        let different = found.filter { $0.verdict != .same }
        guard let first = different.first else { return }
        throw Problem(
            .sourceOrPathWrong,
            different.count == 1
                ? "The server sees something else." : "The server sees something else in \(different.count) places.",
            at: different.map(\.path).joined(separator: ", "), next: first.advice)
    }
}

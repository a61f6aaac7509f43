import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `config/config.yaml`, the file that people start from.
@Suite struct TemplateTests {
    @Test func saysNothingAsItStands() throws {
        #expect(try settings(template()) == Settings())
    }

    @Test func namesEveryKeyAndVariablesByTheirRule() throws {
        let root = try YamlReader.read(Array(uncommented().utf8))
        guard case .mapping(let sections) = root.content else { Issue.record("no sections"); return }
        var named: Set<String> = []
        for section in sections where section.key != "servers" {
            guard case .mapping(let entries) = section.value.content else { continue }
            for entry in entries where entry.key != "presets" { named.insert("\(section.key).\(entry.key)") }
        }
        #expect(named == Set(SettingKey.all.map(\.path)))
    }

    @Test func showsAServer() throws {
        let shown = try settings(uncommented())
        #expect(shown.servers.map(\.name) == ["nas"])
        #expect(shown.servers.map(\.settings.url) == ["https://nas.example:8443"])
    }

    /// Where a key has a default, it is the one shown.
    @Test func showsDefaultsAndExamplesWithoutOne() throws {
        let shown = try settings(uncommented())
        let examples = SettingKey.all.filter { !$0.isDefault(shown) }.map(\.path)
        #expect(
            Set(examples) == [
                "qbittorrent.username", "qbittorrent.ca_file", "qbittorrent.client_certificate",
                "qbittorrent.client_key", "qbittorrent.headers",
                "qbittorrent.docker_path_mapping",
                "credentials.vault_path", "credentials.key_file", "credentials.passphrase_command",
                "credentials.command", "credentials.command_names",
                "torrent_creation.format", "torrent_creation.comment", "torrent_creation.source",
                "torrent_creation.trackers", "torrent_creation.web_seeds", "torrent_creation.optimize_alignment",
                "torrent_creation.padded_file_size_limit", "torrent_creation.output_dir",
                "torrent_creation.output_mode", "torrent_creation.max_time", "torrent_creation.category",
                "torrent_creation.tags", "torrent_creation.save_path",
            ])
        #expect(shown.torrentCreation.presets.map(\.name) == ["example"])
        #expect(try shown.torrentCreation.with(#require(shown.torrentCreation.presets.first)).isPrivate)
    }

    private func template() throws -> String {
        let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
            .removingLastComponent().removingLastComponent()
        return String(decoding: try Files.bytes(root.appending("config/config.yaml")), as: UTF8.self)
    }

    /// The template with its keys, and what hangs on them, brought to life.
    private func uncommented() throws -> String {
        try template().split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isSetting = try line.firstMatch(of: Regex("^  # (  |[a-z_]+:( |$))")) != nil
            return isSetting ? "  " + line.dropFirst(4) : String(line)
        }.joined(separator: "\n")
    }
}

import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

@Suite struct ConfigurationFileTests {
    /// The places, by who names them, in a folder of the test's own.
    private let places = ["option", "variable", "xdg/qbitvault", "etc", "work/config"]

    /// From whichever place on files are there, the first is used and the others are not looked at.
    @Test(arguments: 0..<5)
    func theFirstOneCounts(_ first: Int) throws {
        try inScratch { folder in
            for (port, place) in places.enumerated().dropFirst(first) { try write(port + 1, in: folder, place) }
            let loaded = try load(in: folder, option: first == 0, variable: first <= 1)
            #expect(loaded.settings.qbittorrent.port == first + 1)
            #expect(loaded.file?.origin == ConfigurationFile.Origin.allCases[first])
            #expect(loaded.file?.path == folder.appending(FilePath(places[first]).components).appending("config.yaml"))
            #expect(loaded.file?.isTrusted == (first != 4))
        }
    }

    @Test func noneAtAllIsFine() throws {
        try inScratch { folder in
            let loaded = try load(in: folder)
            #expect(loaded == LoadedSettings())
        }
    }

    @Test(arguments: [(true, "option"), (false, "variable")])
    func aNamedOneMustBeThere(_ byOption: Bool, _ place: String) throws {
        try inScratch { folder in
            try write(1, in: folder, "etc")
            let path = folder.appending(place).appending("config.yaml")
            #expect(throws: SettingsError(.unreadable(.absent), at: .file(path, line: nil))) {
                try load(in: folder, option: byOption, variable: !byOption)
            }
        }
    }

    @Test(arguments: [0o664, 0o646] as [UInt32])
    func oneThatOthersCanWriteIsRefusedAndEndsTheSearch(_ mode: UInt32) throws {
        try inScratch { folder in
            try write(1, in: folder, "xdg/qbitvault")
            try write(2, in: folder, "etc")
            let path = folder.appending("xdg/qbitvault/config.yaml")
            try Files.setMode(path, mode)
            #expect(throws: SettingsError(.unreadable(.unsafe(.writable(UInt16(mode)))), at: .file(path, line: nil))) {
                try load(in: folder)
            }
        }
    }

    @Test func theEnvironmentStandsAboveIt() throws {
        try inScratch { folder in
            try write(1, in: folder, "etc")
            let loaded = try load(in: folder, more: ["QBITVAULT_PORT": "7"])
            #expect(loaded.settings.qbittorrent.port == 7)
        }
    }

    @Test func theFallbackLiesBesideIt() {
        #expect(ConfigurationFile(path: "config/config.yaml", origin: .workingFolder).dotEnv == "config/.env")
        #expect(ConfigurationFile(path: "config.yaml", origin: .option).dotEnv == ".env")
    }

    private func load(
        in folder: FilePath, option: Bool = false, variable: Bool = false, more: [String: String] = [:]
    ) throws -> LoadedSettings {
        var variables = ["XDG_CONFIG_HOME": folder.appending("xdg").string].merging(more) { $1 }
        if variable { variables["QBITVAULT_CONFIG"] = folder.appending("variable/config.yaml").string }
        let candidates = ConfigurationFile.candidates(
            option: option ? folder.appending("option/config.yaml") : nil, environment: { variables[$0] },
            system: folder.appending("etc"), workingFolder: folder.appending("work"))
        return try LoadedSettings.load(from: candidates) { variables[$0] }
    }

    private func write(_ port: Int, in folder: FilePath, _ place: String) throws {
        let place = folder.appending(FilePath(place).components)
        try Folder.makePrivate(place)
        try Files.write("qbittorrent:\n  port: \(port)\n", to: place.appending("config.yaml"))
    }

    private func inScratch(_ body: (FilePath) throws -> Void) throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        try body(folder)
    }
}

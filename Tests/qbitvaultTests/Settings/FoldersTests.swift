import SystemPackage
import Testing

@testable import qbitvault

@Suite struct FoldersTests {
    @Test(
        arguments: [
            (["HOME": "/h"], "/h/.config/qbitvault", "/h/.local/share/qbitvault", "/h/.local/state/qbitvault"),
            (
                ["XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s"],
                "/c/qbitvault", "/d/qbitvault", "/s/qbitvault"
            ),
            (
                ["HOME": "/h", "XDG_CONFIG_HOME": "c", "XDG_DATA_HOME": "", "XDG_STATE_HOME": "./s"],
                "/h/.config/qbitvault", "/h/.local/share/qbitvault", "/h/.local/state/qbitvault"
            ),
            (
                ["HOME": "/h", "XDG_STATE_HOME": "/s", "STATE_DIRECTORY": "/var/lib/one:/var/lib/two"],
                "/h/.config/qbitvault", "/h/.local/share/qbitvault", "/var/lib/one"
            ),
        ] as [([String: String], FilePath, FilePath, FilePath)])
    func followXDG(_ variables: [String: String], config: FilePath, data: FilePath, state: FilePath) throws {
        let folders = Folders { variables[$0] }
        #expect(folders.config == config)
        #expect(try folders.data == data)
        #expect(try folders.state == state)
    }

    @Test(arguments: [[:], ["HOME": ""], ["HOME": "relative"]] as [[String: String]])
    func nobodySaysWhere(_ variables: [String: String]) {
        let folders = Folders { variables[$0] }
        #expect(folders.config == nil)
        #expect(throws: SettingsError(.noFolder, at: .variable("HOME"))) { try folders.data }
        #expect(throws: SettingsError(.noFolder, at: .variable("HOME"))) { try folders.state }
    }

    @Test func aServiceNeedsNoHome() throws {
        let folders = Folders { ["STATE_DIRECTORY": "/var/lib/qbitvault"][$0] }
        #expect(try folders.state == "/var/lib/qbitvault")
    }
}

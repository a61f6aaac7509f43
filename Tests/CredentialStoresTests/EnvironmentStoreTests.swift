import CredentialStores
import Glibc
import SecureFiles
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite final class EnvironmentStoreTests {
    private let password = CredentialKey(server: "default", name: .password)
    private let value = madeUp()
    private let folder: FilePath
    private var path: FilePath { folder.appending("secret") }

    init() throws { folder = try Files.makeScratchFolder() }

    deinit { try? Files.removeTree(folder) }

    @Test func aVariableAnswers() throws {
        let found = try #require(try read(["QBIT_PASSWORD": value]))
        #expect(found.bytes == Array(value.utf8))
        #expect(found.place == Place(.environment, "QBIT_PASSWORD"))
    }

    @Test func nothingSetIsNoAnswer() throws {
        #expect(try read(["QBIT_USERNAME": "me"]) == nil)
    }

    @Test(arguments: [
        ("nas", "QBIT_PASSWORD__NAS"), ("home-nas.lan", "QBIT_PASSWORD__HOME_NAS_LAN"),
        ("default", "QBIT_PASSWORD"),
    ])
    func anotherServerHasItsOwnVariable(server: String, variable: String) throws {
        let key = CredentialKey(server: server, name: .password)
        let found = try read([variable: value, "QBIT_PASSWORD__OTHER": "no"], key)
        #expect(found?.place == Place(.environment, variable))
    }

    @Test func theDefaultServersVariableIsForNoOther() throws {
        #expect(try read(["QBIT_PASSWORD": value], CredentialKey(server: "nas", name: .password)) == nil)
    }

    @Test(arguments: [
        (["QBIT_PASSWORD": ""], StoreError.Code.failed(.empty), "QBIT_PASSWORD"),
        (["QBIT_PASSWORD_FILE": ""], .failed(.empty), "QBIT_PASSWORD_FILE"),
        (["QBIT_PASSWORD": "x", "QBIT_PASSWORD_FILE": "/x"], .failed(.nameBesideFile), "QBIT_PASSWORD"),
    ])
    func aVariableThatCannotBeUsedIsAnError(variables: [String: String], code: StoreError.Code, name: String) {
        #expect(throws: StoreError(code, at: Place(.environment, name))) { try read(variables) }
    }

    @Test(arguments: [
        ("", ""), ("\n", ""), ("\r\n", ""), ("\n\n", "\n"), (" \n", " "),
    ])
    func oneNewlineIsTakenOffAFile(end: String, kept: String) throws {
        try Files.write(value + end, to: path)
        let found = try #require(try read(["QBIT_PASSWORD_FILE": path.string]))
        #expect(found.bytes == Array((value + kept).utf8))
        #expect(found.place == Place(.environmentFile, path.string))
    }

    @Test(arguments: ["", "\n", "\r\n"])
    func anEmptyFileIsAnError(content: String) throws {
        try Files.write(content, to: path)
        #expect(throws: StoreError(.failed(.empty), at: Place(.environmentFile, path.string))) {
            try read(["QBIT_PASSWORD_FILE": path.string])
        }
    }

    @Test func whatIsNoFitFileIsRefused() throws {
        try Files.write(value, to: path)
        let pipe = folder.appending("pipe")
        try #require(unsafe mkfifo(pipe.string, 0o600) == 0)
        let large = folder.appending("large")
        try Files.write([UInt8](repeating: 0x61, count: 64 * 1024 + 1), to: large)
        let open = folder.appending("open")
        try Files.write(value, to: open)
        try Files.setMode(open, 0o666)
        let cases: [(FilePath, StoreError.Code)] = [
            (folder, .unsafe(.notRegular(.folder))), (pipe, .unsafe(.notRegular(.pipe))),
            (folder.appending("missing"), .failed(.absent)),
            (large, .failed(.tooLarge(limit: 64 * 1024))), (open, .unsafe(.writable(0o666))),
        ]
        for (path, code) in cases {
            #expect(throws: StoreError(code, at: Place(.environmentFile, path.string))) {
                try read(["QBIT_PASSWORD_FILE": path.string])
            }
        }
    }

    @Test func aLinkThatAllMayReadIsTakenAsContainersSupplyIt() throws {
        try Files.write(value, to: path)
        try Files.setMode(path, 0o444)
        let link = folder.appending("link")
        try #require(unsafe symlink(path.string, link.string) == 0)
        #expect(try read(["QBIT_PASSWORD_FILE": link.string])?.bytes == Array(value.utf8))
    }

    @Test func theProcessesOwnEnvironmentIsTheDefault() async {
        await #expect(processExitsWith: .exitCode(7)) { exit(try readAfterSettingTheVariable() ? 7 : 1) }
    }

    private struct Found: Equatable {
        let bytes: [UInt8]
        let place: Place?
    }

    private func read(_ variables: [String: String], _ key: CredentialKey? = nil) throws -> Found? {
        let strings = Variables(variables)
        let store = unsafe EnvironmentStore { name in unsafe strings[name] }
        switch try store.read(key ?? password) {
        case .none: return nil
        case .some(let found): return Found(bytes: found.value.bytes, place: found.place)
        }
    }
}

private func readAfterSettingTheVariable() throws -> Bool {
    let value = madeUp()
    unsafe setenv("QBIT_PASSWORD", value, 1)
    switch try EnvironmentStore().read(CredentialKey(server: "default", name: .password)) {
    case .none: return false
    case .some(let found): return found.value.bytes == Array(value.utf8)
    }
}

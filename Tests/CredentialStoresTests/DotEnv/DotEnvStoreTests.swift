import CredentialStores
import Glibc
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@Suite final class DotEnvStoreTests {
    private let value = madeUp()
    private let folder: FilePath
    private var path: FilePath { folder.appending(".env") }

    init() throws { folder = try Files.makeScratchFolder() }

    deinit { try? Files.removeTree(folder) }

    @Test func itAnswersForTheDefaultServer() throws {
        try Files.write("QBIT_PASSWORD=\(value)\n", to: path)
        #expect(try read(path) == Array(value.utf8))
        #expect(try read(path, name: "QBIT_API_KEY") == nil)
        #expect(try read(path, server: "nas") == nil)
    }

    @Test func anotherServerHasItsOwnName() throws {
        try Files.write("QBIT_PASSWORD=no\nQBIT_PASSWORD__NAS=\(value)\n", to: path)
        #expect(try read(path, server: "nas") == Array(value.utf8))
    }

    @Test func theLastAssignmentCounts() throws {
        try Files.write("QBIT_PASSWORD=first\nQBIT_PASSWORD='\(value)'\nOTHER=x\n", to: path)
        #expect(try read(path) == Array(value.utf8))
    }

    @Test func aByteOrderMarkIsSkipped() throws {
        try Files.write("\u{FEFF}QBIT_PASSWORD=\(value)\r\n", to: path)
        #expect(try read(path) == Array(value.utf8))
    }

    @Test func aMissingFileIsNoAnswer() throws {
        #expect(try read(folder.appending("none")) == nil)
    }

    @Test(arguments: ["QBIT_PASSWORD=", "QBIT_PASSWORD=''", "QBIT_PASSWORD", "QBIT_PASSWORD=x\nQBIT_PASSWORD= \n"])
    func aNameWithoutAValueIsAnError(content: String) throws {
        try Files.write(content, to: path)
        expect(.failed(.empty), path)
    }

    @Test(arguments: [
        ("QBIT_PASSWORD=x\n\n=y\n", 3), ("# c\r\n\r\nQBIT_PASSWORD='x\r\n", 3), ("A=1\rtwo words\r", 2),
        ("QBIT_PASSWORD='x' y", 1), ("A='1\n2'\n''=x", 3),
    ])
    func aLineThatCannotBeReadIsAnErrorThatNamesIt(content: String, line: Int) throws {
        try Files.write(content, to: path)
        expect(.failed(.syntax(line: line)), path)
    }

    @Test func bytesThatAreNoUTF8AreAnErrorThatNamesTheirLine() throws {
        try Files.write(Array("A=1\nQBIT_PASSWORD=".utf8) + [0xE9, 0x0A], to: path)
        expect(.failed(.syntax(line: 2)), path)
    }

    @Test func oneThatOthersCanReadIsRefused() throws {
        try Files.write("QBIT_PASSWORD=\(value)\n", to: path)
        let link = folder.appending("link")
        try #require(unsafe symlink(path.string, link.string) == 0)
        expect(.unsafe(.symbolicLink), link)
        try Files.setMode(path, 0o640)
        expect(.unsafe(.mode(0o640)), path)
        expect(.unsafe(.notRegular(.folder)), folder)
    }

    @Test func oneThatIsTooLargeIsRefused() throws {
        try Files.write("#" + String(repeating: "x", count: 64 * 1024), to: path)
        expect(.failed(.tooLarge(limit: 64 * 1024)), path)
    }

    private func expect(
        _ code: StoreError.Code,
        _ path: FilePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: StoreError(code, at: Place(.dotEnv, path.string)), sourceLocation: sourceLocation) {
            try read(path)
        }
    }

    private func read(
        _ path: FilePath,
        server: String = "default",
        name: String = "QBIT_PASSWORD"
    ) throws -> [UInt8]? {
        let key = CredentialKey(server: server, name: try #require(CredentialName(name)))
        switch try DotEnvStore(path).read(key) {
        case .none: return nil
        case .some(let found): return found.value.bytes
        }
    }
}

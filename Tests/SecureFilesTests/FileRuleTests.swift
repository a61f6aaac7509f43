import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import SecureFiles

/// What each rule says to the file that was opened.
@Suite struct FileRuleTests {
    @Test(
        arguments: [
            (0o600, nil, nil, nil), (0o400, nil, nil, nil), (0o700, nil, nil, nil),
            (0o640, 0o640, nil, nil), (0o604, 0o604, nil, nil), (0o610, 0o610, nil, nil), (0o601, 0o601, nil, nil),
            (0o444, 0o444, nil, nil), (0o644, 0o644, nil, nil),
            (0o620, 0o620, 0o620, 0o620), (0o602, 0o602, 0o602, 0o602), (0o666, 0o666, 0o666, 0o666),
        ] as [(UInt32, UInt16?, UInt16?, UInt16?)])
    func bitsForOthers(mode: UInt32, strict: UInt16?, supplied: UInt16?, configuration: UInt16?) throws {
        let scratch = try ScratchFolder()
        let file = try scratch.file(mode: mode).stat()
        #expect(FileRule.strict.check(file) == strict.map { .mode($0) })
        #expect(FileRule.supplied.check(file) == supplied.map { .writable($0) })
        #expect(FileRule.configuration.check(file) == configuration.map { .writable($0) })
    }

    /// Nobody but root can give a file away, so the owner is changed in what `stat` said.
    @Test func strangers() throws {
        let scratch = try ScratchFolder()
        var file = try scratch.file().stat()
        file.userID = .init(rawValue: geteuid() + 1)
        #expect(FileRule.strict.check(file) == .owner(geteuid() + 1))
        #expect(FileRule.supplied.check(file) == nil)
        #expect(FileRule.configuration.check(file) == .owner(geteuid() + 1))
    }

    /// A system's configuration belongs to root.
    @Test func root() async {
        await #expect(processExitsWith: .success) {
            let passwords: FilePath = "/etc/passwd"
            var file = try passwords.stat()
            file.permissions = [.ownerReadWrite]
            // As another user, where the tests run as root.
            if geteuid() == 0 { try #require(seteuid(65_534) == 0) }
            let answers = [FileRule.strict, .supplied, .configuration].map { $0.check(file) }
            #expect(answers == [.owner(0), nil, nil])
        }
    }

    @Test func moreThanOneName() throws {
        let scratch = try ScratchFolder()
        let path = try scratch.file()
        try #require(unsafe link(path.string, path.string + "2") == 0)
        let file = try path.stat()
        #expect([FileRule.strict, .supplied, .configuration].map { $0.check(file) } == [.hardLinked, nil, nil])
    }
}

import Glibc
import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

/// Files of all kinds, opened by name.
@Suite struct FileReadingTests {
    @Test(arguments: rules) func aFileIsReadWhole(_ rule: FileRule) throws {
        let scratch = try ScratchFolder()
        let file = try scratch.file(count: 10_000)
        #expect(try read(file, rule) == [UInt8](repeating: 7, count: 10_000))
    }

    @Test(arguments: rules) func itMayBeAsLargeAsTheLimit(_ rule: FileRule) throws {
        let scratch = try ScratchFolder()
        let file = try scratch.file(count: 20)
        #expect(try read(file, rule, limit: 20).count == 20)
        try refused(file, rule, .tooLarge(limit: 19), limit: 19)
        try refused(file, rule, .tooLarge(limit: 0), limit: 0)
        #expect(try read(try scratch.file("empty", count: 0), rule, limit: 0) == [])
    }

    /// Room is made for what the file says it has; files below `/proc` say that they have nothing.
    @Test func aFileThatTellsNoSizeIsReadWhole() throws {
        let maps: FilePath = "/proc/self/maps"
        #expect(try maps.stat().size == 0)
        let bytes = try FileReading.bytes(at: maps, rule: .supplied, limit: 1 << 24)
        #expect(bytes.count > 4097 && bytes.last == UInt8(ascii: "\n"))
        #expect(throws: FileError(.tooLarge(limit: 4100), at: maps)) {
            try FileReading.bytes(at: maps, rule: .supplied, limit: 4100)
        }
    }

    @Test(arguments: rules) func nothingThere(_ rule: FileRule) throws {
        let scratch = try ScratchFolder()
        try refused(scratch.path.appending("none"), rule, .absent)
        try refused(try scratch.file().appending("below"), rule, .absent)
    }

    @Test func onlySuppliedFilesAndConfigurationsMayBeLinks() throws {
        let scratch = try ScratchFolder()
        let link = try scratch.link(to: try scratch.file())
        try refused(link, .strict, .unsafe(.symbolicLink))
        #expect(try read(link, .supplied) == [7, 7, 7])
        #expect(try read(link, .configuration) == [7, 7, 7])
        let dangling = try scratch.link(to: scratch.path.appending("none"), name: "dangling")
        try refused(dangling, .strict, .unsafe(.danglingLink))
        try refused(dangling, .supplied, .absent)
        // A link leads to what it leads to: its target is judged.
        let open = try scratch.link(to: try scratch.file("open", mode: 0o666), name: "to-open")
        try refused(open, .supplied, .unsafe(.writable(0o666)))
    }

    @Test(arguments: rules) func whatIsNoFile(_ rule: FileRule) throws {
        let scratch = try ScratchFolder()
        try refused(scratch.path, rule, .unsafe(.notRegular(.folder)))
        try refused("/dev/zero", rule, .unsafe(.notRegular(.device)))
    }

    /// A pipe without a writer holds up whoever opens it in the usual way: here, until the alarm ends the process.
    @Test func aPipeInAFilesPlace() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchFolder()
            let pipe = scratch.path.appending("pipe")
            try #require(unsafe mkfifo(pipe.string, 0o600) == 0)
            alarm(30)
            for rule in rules { try refused(pipe, rule, .unsafe(.notRegular(.pipe))) }
        }
    }

    @Test func aStrangersFile() throws {
        let scratch = try ScratchFolder()
        var file: FilePath = "/etc/passwd"
        if geteuid() == 0 {
            file = try scratch.file()
            try #require(unsafe chown(file.string, 12_345, 12_345) == 0)
            try refused(file, .configuration, .unsafe(.owner(12_345)))
        }
        try refused(file, .strict, .unsafe(.owner(geteuid() == 0 ? 12_345 : 0)))
        #expect(try read(file, .supplied).isEmpty == false)
    }

    @Test func openToOthers() throws {
        let scratch = try ScratchFolder()
        try refused(try scratch.file(mode: 0o640), .strict, .unsafe(.mode(0o640)))
        try refused(try scratch.file(mode: 0o660), .supplied, .unsafe(.writable(0o660)))
        try refused(try scratch.file(mode: 0o662), .configuration, .unsafe(.writable(0o662)))
    }

    @Test func aPipeIsReadToItsEnd() throws {
        let (output, input) = try FileDescriptor.pipe()
        try input.writeAll([1, 2, 3])
        try input.close()
        defer { try? output.close() }
        #expect(try FileReading.secret(from: output, named: "-", limit: 3).bytes == [1, 2, 3])
    }

    @Test func whatCannotBeReadSaysSo() throws {
        let (output, input) = try FileDescriptor.pipe()
        defer { try? output.close() }
        defer { try? input.close() }
        #expect(throws: FileError(.failed(.read, .badFileDescriptor), at: "-")) {
            _ = try FileReading.secret(from: input, named: "-", limit: 3)
        }
    }
}

private let rules: [FileRule] = [.strict, .supplied, .configuration]

private func read(_ path: FilePath, _ rule: FileRule, limit: Int = 65_536) throws -> [UInt8] {
    let bytes = try FileReading.bytes(at: path, rule: rule, limit: limit)
    #expect(try FileReading.secret(at: path, rule: rule, limit: limit).bytes == bytes)
    return bytes
}

private func refused(_ path: FilePath, _ rule: FileRule, _ code: FileError.Code, limit: Int = 65_536) throws {
    #expect(throws: FileError(code, at: path)) {
        _ = try FileReading.bytes(at: path, rule: rule, limit: limit)
    }
    #expect(throws: FileError(code, at: path)) {
        _ = try FileReading.secret(at: path, rule: rule, limit: limit)
    }
}

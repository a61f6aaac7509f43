import Glibc
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@Suite struct StagedFileTests {
    @Test func committedItIsThereWhole() throws {
        let scratch = try ScratchFolder()
        let path = try scratch.file("old", count: 5000)
        try stage(path) { (file) throws in
            #expect(try Files.bytes(path).count == 5000)
            #expect(try Files.bytes(file.temporary) == [1, 2, 3])
        }
        #expect(try Files.bytes(path) == [1, 2, 3])
        #expect(try scratch.names() == ["old"])
    }

    @Test func leftAloneItTakesItsTraceAlong() throws {
        let scratch = try ScratchFolder()
        try {
            let file = try StagedFile(for: scratch.path.appending("new"), mode: nil)
            try file.write([1, 2, 3].span)
            try file.synchronize()
            #expect(try scratch.names().count == 1)
        }()
        #expect(try scratch.names() == [])
    }

    @Test func aNameThatIsTakenIsLeftAlone() throws {
        let scratch = try ScratchFolder()
        let path = try scratch.file("old")
        #expect(throws: FileError(.exists, at: path)) { try stage(path, replacing: false) }
        #expect(try Files.bytes(path) == [7, 7, 7])
        let dangling = try scratch.link(to: scratch.path.appending("none"))
        #expect(throws: FileError(.exists, at: dangling)) { try stage(dangling, replacing: false) }
        #expect(try scratch.names() == ["link", "old"])
        try stage(scratch.path.appending("free"), replacing: false)
        #expect(try Files.bytes(scratch.path.appending("free")) == [1, 2, 3])
    }

    /// A link in its place is replaced, and what it leads to stays.
    @Test func aLinkIsNotFollowed() throws {
        let scratch = try ScratchFolder()
        let target = try scratch.file()
        let link = try scratch.link(to: target)
        try stage(link)
        #expect(try Files.bytes(target) == [7, 7, 7])
        #expect(try link.stat(followTargetSymlink: false).type == .regular)
    }

    @Test func whatCannotBeReplacedSaysSo() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path.appending("folder")
        try Folder.makePrivate(folder)
        #expect(throws: FileError(.failed(.rename, .isDirectory), at: folder)) { try stage(folder) }
        let below = scratch.path.appending("none/new")
        #expect(throws: FileError(.failed(.open, .noSuchFileOrDirectory), at: below)) { try stage(below) }
        #expect(try scratch.names() == ["folder"])
    }

    @Test func aNameMayBeAsLongAsTheSystemAllows() throws {
        let scratch = try ScratchFolder()
        for name in [String(repeating: "a", count: 255), String(repeating: "🗝", count: 63)] {
            try stage(scratch.path.appending(name))
            #expect(try Files.bytes(scratch.path.appending(name)) == [1, 2, 3])
        }
    }

    @Test func aNameNeedNotBeText() throws {
        let scratch = try ScratchFolder()
        let name: [CChar] = [CChar(bitPattern: 0xe9), CChar(bitPattern: 0xff), 0]
        let component = FilePath.Component(platformString: name)
        let path = scratch.path.appending(try #require(component))
        try stage(path)
        try stage(path)
        #expect(throws: FileError(.exists, at: path)) { try stage(path, replacing: false) }
        #expect(try Files.bytes(path) == [1, 2, 3])
        #expect(try scratch.names().count == 1)
        let removed = unsafe path.withPlatformString { unsafe unlink($0) }
        #expect(removed == 0)
    }

    private func stage(
        _ path: FilePath, replacing: Bool = true, look: (borrowing StagedFile) throws -> Void = { _ in }
    ) throws {
        let file = try StagedFile(for: path, mode: [.ownerReadWrite])
        try file.write([1].span)
        try file.write([2, 3].span)
        try look(file)
        try file.commit(replacing: replacing)
    }
}

import Glibc
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@Suite struct FolderTests {
    @Test(arguments: [0o000, 0o022, 0o177, 0o777] as [UInt32])
    func allThatIsMadeIsClosedToOthers(mask: UInt32) async {
        await #expect(processExitsWith: .success) { [mask] in
            let scratch = try ScratchFolder()
            umask(mask)
            try Folder.makePrivate(scratch.path.appending("one/two/three"))
            for name in ["one", "one/two", "one/two/three"] {
                #expect(try Files.mode(scratch.path.appending(name)) == 0o700)
            }
        }
    }

    @Test func whatExistsIsLeftAsItIs() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path.appending("folder")
        try Folder.makePrivate(folder)
        try Files.setMode(folder, 0o755)
        try Folder.makePrivate(folder)
        try Folder.makePrivate(folder.appending("below"))
        #expect(try Files.mode(folder) == 0o755)
        try Folder.makePrivate(try scratch.link(to: folder))
        try Folder.makePrivate("/")
        try Folder.makePrivate("")
    }

    @Test func aFileIsNoFolder() throws {
        let scratch = try ScratchFolder()
        let file = try scratch.file()
        #expect(throws: FileError(.failed(.makeFolder, .notDirectory), at: file)) { try Folder.makePrivate(file) }
        let below = file.appending("below")
        #expect(throws: FileError(.failed(.makeFolder, .notDirectory), at: below)) { try Folder.makePrivate(below) }
        let dangling = try scratch.link(to: scratch.path.appending("none"))
        #expect(throws: FileError(.failed(.makeFolder, .notDirectory), at: dangling)) {
            try Folder.makePrivate(dangling)
        }
    }

    @Test func synchronizingWhatIsNotThereSaysSo() throws {
        let scratch = try ScratchFolder()
        try Folder.synchronize(scratch.path)
        try Folder.synchronize("")
        let none = scratch.path.appending("none")
        #expect(throws: FileError(.failed(.makeDurable, .noSuchFileOrDirectory), at: none)) {
            try Folder.synchronize(none)
        }
    }
}

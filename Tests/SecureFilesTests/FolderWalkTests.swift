import Glibc
import SecureFiles
import SystemPackage
import TestSupport
import Testing

/// A name is as safe as the folders that it leads through.
@Suite struct FolderWalkTests {
    @Test func eachFolderOnTheWayCounts() throws {
        let scratch = try ScratchFolder()
        let above = scratch.path.appending("above")
        let folder = above.appending("between").appending("folder")
        try Folder.makePrivate(folder)
        try Folder.check(folder)
        for part in [folder, folder.removingLastComponent(), above] {
            try Files.setMode(part, 0o707)
            #expect(throws: FileError(.unsafe(.folderMode(0o707)), at: part)) { try Folder.check(folder) }
            // Who makes something there is told as well.
            #expect(throws: FileError(.unsafe(.folderMode(0o707)), at: part)) {
                try Folder.makePrivate(folder.appending("new"))
            }
            try Files.setMode(part, 0o1777)
            try Folder.check(folder)
            try Files.setMode(part, 0o755)
            try Folder.check(folder)
        }
    }

    /// Many systems give everybody a group of the same number, and open new folders to it.
    @Test func onesOwnGroupMayWriteFurtherUp() throws {
        let scratch = try ScratchFolder()
        let above = scratch.path.appending("above")
        let folder = above.appending("folder")
        try Folder.makePrivate(folder)
        try Files.setMode(above, 0o775)
        if getegid() == geteuid() {
            try Folder.check(folder)
        }
        #expect(throws: FileError(.unsafe(.folderMode(0o775)), at: above)) { try Folder.check(above) }
        guard geteuid() == 0 else {
            Issue.record("NOT TESTED: only root can give a folder to another group", severity: .warning)
            return
        }
        try #require(unsafe chown(above.string, 0, 12_345) == 0)
        #expect(throws: FileError(.unsafe(.folderMode(0o775)), at: above)) { try Folder.check(folder) }
    }

    @Test func linksAreFollowed() throws {
        let scratch = try ScratchFolder()
        let open = scratch.path.appending("open")
        let folder = open.appending("folder")
        try Folder.makePrivate(folder)
        let names = ["open/folder", folder.string, "./a/../open/folder"].enumerated().map { ($0.offset, $0.element) }
        try Folder.makePrivate(scratch.path.appending("a"))
        for (number, target) in names {
            let link = try scratch.link(to: FilePath(target), name: "link\(number)")
            try Files.setMode(open, 0o700)
            try Folder.check(link)
            try Folder.check(link.appending("..").appending("folder"))
            try Files.setMode(open, 0o702)
            #expect(throws: FileError(.unsafe(.folderMode(0o702)), at: open)) { try Folder.check(link) }
        }
        let round = try scratch.link(to: "round", name: "round")
        #expect(throws: FileError(.failed(.open, .tooManySymbolicLinkLevels), at: round)) { try Folder.check(round) }
    }

    @Test func theWorkingFolderIsWhereANameWithoutOneBegins() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchFolder()
            try #require(unsafe chdir(scratch.path.string) == 0)
            try Folder.makePrivate("folder")
            for name in ["", ".", "folder", "folder/none"] as [FilePath] { try Folder.check(name) }
            try Files.setMode(scratch.path, 0o703)
            for name in ["", ".", "folder"] as [FilePath] {
                #expect(throws: FileError(.unsafe(.folderMode(0o703)), at: scratch.path)) { try Folder.check(name) }
            }
            try Files.setMode(scratch.path, 0o700)
        }
    }
}

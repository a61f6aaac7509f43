import Glibc
import SystemPackage
import Testing
import TorrentCreation

/// What a server takes from a folder, as 5.1.0 and 5.3.0 were seen to do with the same folders.
@Suite struct SourceListingTests {
    let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func list(_ name: String, ignoringDotfiles: Bool = true) throws -> [String] {
        guard
            case .files(let files) = SourceListing.read(
                scratch.path.appending(name),
                ignoringDotfiles: ignoringDotfiles
            )
        else { throw Errno.noSuchFileOrDirectory }
        return files.map(\.path).sorted()
    }

    @Test func aFileIsItself() throws {
        let file = try scratch.file("film.mkv", size: 7)
        #expect(SourceListing.read(file, ignoringDotfiles: true) == .files([SourceFile(path: "film.mkv", size: 7)]))
    }

    @Test func aLinkToAFileKeepsItsName() throws {
        try scratch.file("film.mkv", size: 7)
        let link = try scratch.link("link.mkv", to: "film.mkv")
        #expect(SourceListing.read(link, ignoringDotfiles: true) == .files([SourceFile(path: "link.mkv", size: 7)]))
    }

    @Test func aFolderIsAllBelowIt() throws {
        for name in ["a", "b/c", "b/d/e", "zero", "100% é"] { try scratch.file("tree/\(name)", size: 3) }
        try scratch.folder("tree/empty")
        #expect(try list("tree") == ["100% é", "a", "b/c", "b/d/e", "zero"])
    }

    @Test func dotfilesAreLeftOutByTheirOwnNameOrTheirFolders() throws {
        for name in [".a/.b/c", ".a/b/.c/d", ".a/b/e", "q/.b/c", "q/.b/d/e", "q/r", "k", ".dot"] {
            try scratch.file("tree/\(name)")
        }
        #expect(try list("tree") == [".a/b/e", "k", "q/.b/d/e", "q/r"])
        let all = [".a/.b/c", ".a/b/.c/d", ".a/b/e", ".dot", "k", "q/.b/c", "q/.b/d/e", "q/r"]
        #expect(try list("tree", ignoringDotfiles: false) == all)
    }

    @Test func theSourceItselfMayHaveADot() throws {
        try scratch.file(".tree/a")
        #expect(try list(".tree") == ["a"])
    }

    @Test func linksAndSpecialFiles() throws {
        try scratch.file("other/o", size: 7)
        try scratch.file("other/inner/p")
        try scratch.file("tree/a")
        try scratch.link("tree/folder", to: "../other")
        try scratch.link("tree/file", to: "../other/o")
        try scratch.link("tree/broken", to: "nowhere")
        try scratch.link("tree/self", to: "self")
        try scratch.link("tree/sub/loop", to: "..")
        try #require(unsafe mkfifo(scratch.path.appending("tree/pipe").string, 0o600) == 0)
        #expect(try list("tree") == ["a", "file", "folder/o", "sub/loop/a", "sub/loop/file"])
    }

    @Test func whatCannotBeReadIsSaid() throws {
        let absent = scratch.path.appending("absent")
        #expect(
            SourceListing.read(absent, ignoringDotfiles: true) == .unreadable(absent, .noSuchFileOrDirectory)
        )
        try #require(unsafe mkfifo(absent.string, 0o600) == 0)
        #expect(SourceListing.read(absent, ignoringDotfiles: true) == .unreadable(absent, .invalidArgument))
    }
}

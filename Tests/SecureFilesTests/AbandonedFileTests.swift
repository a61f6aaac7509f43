import SecureFiles
import SystemPackage
import TestSupport
import Testing

/// Temporary files of writers that were killed.
@Suite struct AbandonedFileTests {
    @Test func theNextWriterTakesThemAway() throws {
        let scratch = try ScratchFolder()
        let others = [".new.old.1a2b.tmp", ".newer.1a2b.tmp", ".new.1a2b.part"]
        for name in others + [".new.1a2b.tmp"] { _ = try scratch.file(name) }
        let file = try StagedFile(for: scratch.path.appending("new"), mode: .ownerReadWrite)
        #expect(try scratch.names().count == others.count + 1)
        try file.commit()
        #expect(try scratch.names() == (others + ["new"]).sorted())
    }

    /// A result's folder may be anybody's, and nothing is removed there.
    @Test func besideAResultTheyStay() throws {
        let scratch = try ScratchFolder()
        _ = try scratch.file(".new.1a2b.tmp")
        try StagedFile(for: scratch.path.appending("new"), mode: nil).commit()
        #expect(try scratch.names() == [".new.1a2b.tmp", "new"])
    }

    @Test func whoStillWritesIsNotDisturbed() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("new")
        let first = try StagedFile(for: path, mode: .ownerReadWrite)
        try first.write([1].span)
        StagedFile.sweep(beside: path)
        let second = try StagedFile(for: path, mode: .ownerReadWrite)
        try second.write([2].span)
        try first.commit()
        #expect(try Files.bytes(path) == [1])
        try second.commit()
        #expect(try Files.bytes(path) == [2])
        #expect(try scratch.names() == ["new"])
    }
}

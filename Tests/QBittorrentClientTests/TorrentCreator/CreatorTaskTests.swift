import FoundationEssentials
import Testing

@testable import QBittorrentClient

@Suite struct CreatorTaskTests {
    @Test func bothWaysOfTellingTimeAreRead() throws {
        let old = try task(#""timeAdded":"Mon Nov 23 12:09:11 2026","trackers":[""],"urlSeeds":[""]"#)
        #expect(old.timeAdded == .text("Mon Nov 23 12:09:11 2026"))
        #expect(old.trackers.isEmpty && old.urlSeeds.isEmpty && old.timeFinished == nil && old.progress == nil)
        let new = try task(#""timeAdded":1795435752,"progress":41,"ignoreDotfiles":true"#)
        #expect(new.timeAdded == .seconds(1_795_435_752))
        #expect(new.progress == 41 && new.ignoresDotfiles == true && new.trackers.isEmpty)
    }

    @Test func tiersAreToldApartByAnEmptyText() throws {
        let task = try task(#""trackers":["a","b","","c"],"urlSeeds":["d","","e"]"#)
        #expect(task.trackers == [["a", "b"], ["c"]])
        #expect(task.urlSeeds == ["d", "e"])
    }

    @Test func whatIsOfAnotherTypeIsTakenAsMissing() throws {
        let task = try task(#""progress":"much","pieceSize":[],"private":1,"comment":null,"unknown":{}"#)
        #expect(task.progress == nil && task.pieceSize == nil && task.isPrivate == nil && task.comment.isEmpty)
    }

    @Test(arguments: [
        ("Queued", CreatorTask.Status.queued), ("Running", .running), ("Finished", .finished), ("Failed", .failed),
        ("Paused", .other("Paused")),
    ])
    func theStatus(text: String, status: CreatorTask.Status) throws {
        #expect(try task("", status: text).status == status)
    }

    @Test func aTaskWithoutAnIDIsNone() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CreatorTask.self, from: Data(#"{"status":"Queued"}"#.utf8))
        }
    }

    private func task(_ rest: String, status: String = "Queued") throws -> CreatorTask {
        let json = #"{"taskID":"x","status":"\#(status)"\#(rest.isEmpty ? "" : ",")\#(rest)}"#
        return try JSONDecoder().decode(CreatorTask.self, from: Data(json.utf8))
    }
}

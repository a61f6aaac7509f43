import SystemPackage
import TestSupport

@testable import QBittorrentClient

extension TorrentCreator {
    /// The task, once it has finished or failed.
    func ended(_ id: String) async throws -> CreatorTask {
        while true {
            let task = try await task(id)
            if task.status == .finished || task.status == .failed { return task }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension Files {
    /// Makes a folder for the duration of `body`.
    static func scratch(_ body: (FilePath) async throws -> Void) async throws {
        let folder = try makeScratchFolder()
        defer { try? removeTree(folder) }
        try await body(folder)
    }
}

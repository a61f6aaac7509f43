import SystemPackage
import TestSupport

@testable import qbitvault

extension ExitCase {
    static let creation = [
        ExitCase(.serverTooOld, "a server that has no Torrent Creator") { scene in
            try await create(scene.makeSource(), on: .v4_5, scene)
        },
        ExitCase(.sourceOrPathWrong, "a source that is not there") { scene in
            try await create(scene.home.path.appending("missing"), on: .v5_1, scene)
        },
        ExitCase(.creationFailed, "a folder that the server does not have") { scene in
            let rule = ["QBITVAULT_DOCKER_PATH_MAPPING": "{\(scene.home.path): /nonexistent}"]
            return try await create(scene.makeSource(), on: .v5_1, scene, rule)
        },
        ExitCase(.creatorQueueFull, "a server that is busy with the one torrent it makes at a time") { scene in
            try await RealServer.with(.v5_3, settings: ["TorrentCreator/Manager/MaxTasks": "1"]) { server in
                try await ForeignSession(server).keepCreatorBusy()
                return try await scene.run(
                    ["create", scene.makeSource().string, "--timeout", "1"], environment: scene.environment(for: server)
                )
            }
        },
        ExitCase(.resultCannotBeWritten, "a torrent that is there already") { scene in
            let source = try scene.makeSource()
            try Files.write("mine", to: FilePath(source.string + ".torrent"))
            return try await create(source, on: .v5_1, scene)
        },
        ExitCase(.resultCannotBeWritten, "a folder that is a file") { scene in
            let source = try scene.makeSource()
            return try await create(source, on: .v5_1, scene, [:], ["--output", source.string])
        },
    ]

    private static func create(
        _ source: FilePath, on version: RealServer.Version, _ scene: Scene, _ more: [String: String] = [:],
        _ options: [String] = []
    ) async throws -> ToolRun {
        let environment = try await scene.environment(for: RealServer.shared(version)).merging(more) { $1 }
        return try await scene.run(["create", source.string] + options, environment: environment)
    }
}

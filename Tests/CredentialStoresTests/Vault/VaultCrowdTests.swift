import CredentialStores
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A crowd of processes, and one vault.
@Suite(.timeLimit(.minutes(10))) struct VaultCrowdTests {
    private let writers = 32
    private let writes = 50
    private let readers = 8

    @Test func nothingIsLostAndNoReaderSeesAnError() async throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let folder = scratch.folder
        let rounds = try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<readers { group.addTask { Int(try await probe("read", folder).dropLast()) } }
            try await withThrowingTaskGroup { group in
                for writer in 0..<writers {
                    group.addTask { _ = try await probe("write", folder, "\(writer)", "\(writes)") }
                }
                try await group.waitForAll()
            }
            try Files.write("", to: folder.appending("stop"))
            return try await group.reduce(into: []) { $0.append($1 ?? 0) }
        }
        // Somebody did look while it was written.
        #expect(rounds.count == readers && rounds.allSatisfy { $0 > 2 }, "\(rounds)")

        let store = scratch.store()
        #expect(try store.list().count == writers * writes)
        for writer in 0..<writers {
            for number in 0..<writes {
                let key = CredentialKey(
                    server: "default", name: try #require(CredentialName("NAME_\(writer)_\(number)")))
                let isThere = try holds(Secret(copying: "writer \(writer), number \(number)".utf8), key, in: store)
                #expect(isThere, "\(key)")
            }
        }
        // Each write has raised the vector, and no two by the same step.
        #expect(try store.status().generation == UInt64(writers * writes + 1))
    }
}

/// Runs VaultProbe; what it wrote.
private func probe(_ verb: String, _ folder: FilePath, _ words: String...) async throws -> String {
    let program = try BuildFolder.path.appending("VaultProbe")
    return try await ToolRun.succeeding(.path(program), [verb, folder.string] + words).text
}

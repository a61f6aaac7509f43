import CredentialStores
import Secrets
import SystemPackage
import TestSupport
import Testing

/// Several who use one vault at the same time.
@Suite struct VaultAtOnceTests {
    @Test func whatEightProcessesWriteIsAllThere() async throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let folder = scratch.folder.string
        await withTaskGroup { group in
            for writer in 0..<8 { group.addTask { await write(as: writer, in: folder) } }
        }
        let store = scratch.store()
        #expect(try store.list().count == 40)
        for note in (0..<8).flatMap(Note.all) {
            let isThere = try holds(Secret(copying: note.text.utf8), try note.key, in: store)
            #expect(isThere, "\(note)")
        }
        #expect(try store.status().generation == 41)
    }

    /// One makes it; the others find it made, and the pin is the one of what is there.
    @Test func itIsMadeOnce() async throws {
        let scratch = try Scratch()
        try KeyFile.make(scratch.key)
        let folder = scratch.folder.string
        let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
            for _ in 0..<8 { group.addTask { await onThread { make(in: folder) } } }
            var codes: [StoreError.Code?] = []
            for await code in group { codes.append(code) }
            return codes
        }
        #expect(codes.count { $0 == nil } == 1)
        #expect(codes.count { $0 == .exists } == 7)
        #expect(try scratch.store().list().isEmpty)
    }
}

/// One entry of one writer.
private struct Note {
    let writer: Int
    let number: Int

    static func all(of writer: Int) -> [Note] { (0..<5).map { Note(writer: writer, number: $0) } }

    var text: String { "writer \(writer), number \(number)" }

    var key: CredentialKey {
        get throws {
            CredentialKey(server: "default", name: try #require(CredentialName("NAME_\(writer)_\(number)")))
        }
    }
}

/// Writes the notes of one writer from a process of its own.
private func write(as writer: Int, in folder: String) async {
    await #expect(processExitsWith: .success) { [writer, folder] in
        let scratch = Scratch(borrowed: folder)
        let store = scratch.store(patience: .seconds(300))
        for note in Note.all(of: writer) {
            try store.write(Secret(copying: note.text.utf8), for: try note.key, boundTo: "http://localhost:8080")
        }
    }
}

/// Makes the vault, and answers with what kept it from being made.
private func make(in folder: String) -> StoreError.Code? {
    let store = Scratch(borrowed: folder).store(patience: .seconds(300))
    do throws(StoreError) { try store.make(with: .keyFile) } catch { return error.code }
    return nil
}

import FoundationEssentials
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// The program and an independent reader say the same of every vault in the tree.
@Suite struct VectorTableTests {
    @Test(arguments: VectorTable.all.vectors) func theProgramSaysWhatTheTableDoes(_ vector: VectorTable.Vector) throws {
        let scratch = try Scratch()
        let store = try store(of: vector, in: scratch)
        do {
            let vault = try store.current()
            #expect(vector.reason == nil)
            #expect(vault.file.header.versions.generation == vector.generation)
            #expect(held(by: vault.payload) == vector.entries)
            for entry in vault.payload.items.map(\.entry) {
                #expect(vault.payload.find(entry.key, role: entry.role)?.entry == entry)
            }
        } catch {
            #expect(error.code.reason == vector.reason)
            #expect(error.place == store.place)
        }
    }

    /// Written from FORMAT.md, in another language, around another cryptographic binding.
    @Test func theReaderSaysWhatTheTableDoes() async throws {
        let script = TestPython.path.removingLastComponent().appending("vault-reader.py")
        let run = try await ToolRun.succeeding(
            .path(TestPython.path), [script.string, "--table", VectorTable.path.string])
        let lines = try run.output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(ReaderLine.self, from: Data($0))
        }
        let vectors = VectorTable.all.vectors
        try #require(lines.count == vectors.count)
        for (line, vector) in zip(lines, vectors) {
            #expect(line.file == vector.file)
            #expect(line.reason == vector.reason, "\(vector.testDescription)")
            #expect(line.generation == vector.generation)
            #expect(line.entries == vector.entries, "\(vector.testDescription)")
        }
    }

    private struct ReaderLine: Decodable {
        let file: String
        let reason: String?
        let generation: UInt64?
        let entries: [HeldEntry]?
    }

    /// Two parsers, one written from the page and one that the page was written for, and what neither has seen.
    @Test func bothSayTheSameOfWhatNobodyThoughtOf() async throws {
        let script = VectorTable.folder.appending("mutants.py").string
        let run = try await ToolRun.succeeding(.path(TestPython.path), [script, "1", "400"])
        let mutants = try run.output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Mutant.self, from: Data($0))
        }
        #expect(mutants.count == 400)
        #expect(Set(mutants.map(\.reason)).count > 15, "of all sorts")
        let key = VaultKey(.keyFile("vector.key"), Secret(copying: Array(0..<32 as Range<UInt8>)))
        for (number, mutant) in mutants.enumerated() {
            do {
                let vault = try OpenVault.open(try VaultFile(Array(mutant.file)), with: key)
                #expect(held(by: vault.payload) == mutant.entries, "mutant \(number)")
            } catch let fault as VaultFault {
                #expect(fault.code.reason == mutant.reason, "mutant \(number)")
            } catch let fault as OpeningFault {
                #expect(fault.code.reason == mutant.reason, "mutant \(number)")
            }
        }
    }

    private struct Mutant: Decodable {
        let file: Data
        let reason: String?
        let entries: [HeldEntry]?
    }

    @Test func theFilesAreAsTheirMakerMakesThem() async throws {
        let maker = VectorTable.folder.appending("make.py")
        _ = try await ToolRun.succeeding(.path(TestPython.path), [maker.string, "--check"])
    }

    /// But for the size, for which a file of 16 MiB would have to lie here.
    @Test func everyReasonHasAVector() {
        let given = Set(VectorTable.all.vectors.compactMap(\.reason))
        let damages = StoreError.Damage.allCases.map { StoreError.Code.damaged($0) }
        let later = StoreError.Later.allCases.map { StoreError.Code.newer($0) }
        let all = damages + later + [.forged, .rolledBack, .forked, .cannotOpen]
        #expect(Set(all.compactMap(\.reason)).subtracting(given) == ["size"])
        #expect(given.subtracting(all.compactMap(\.reason)).isEmpty)
        #expect(given.count == all.count - 1)
    }

    @Test(arguments: [0, 1]) func aFileLargerThanAnyVaultIsNotRead(more: Int64) throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try Files.write(try Files.bytes(VectorTable.folder.appending("good/base.vault")), to: scratch.vault)
        let file = try FileDescriptor.open(scratch.vault, .readWrite)
        defer { try? file.close() }
        try file.resize(to: 16_842_860 + more)
        let damage: StoreError.Damage = more == 0 ? .trailing : .size
        #expect(throws: StoreError(.damaged(damage), at: store.place)) { try scratch.store().list() }
    }

    private func store(of vector: VectorTable.Vector, in scratch: borrowing Scratch) throws -> VaultStore {
        try Files.write(try Files.bytes(VectorTable.folder.appending(vector.file)), to: scratch.vault)
        let table = VectorTable.all
        if let bytes = try table.pin(of: vector) {
            let pin = try JSONDecoder().decode(VaultPin.self, from: Data(bytes))
            try PinFolder(folder: scratch.state).update(for: scratch.vault) { _ in pin }
        }
        let key = try table.key(of: vector)
        return VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in key.copy() }
    }

    private func held(by payload: borrowing VaultPayload) -> [HeldEntry] {
        payload.items.map { item in
            HeldEntry(
                server: Array(item.entry.key.server.utf8), name: "\(item.entry.key.name)",
                role: "\(item.entry.role)", value: payload.secret.copy(item.value).bytes,
                origins: item.entry.origins.map { Array($0.utf8) }, attributes: item.entry.attributes
            )
        }
    }
}

import CredentialStores
import Secrets
import Synchronization
import Testing

/// Several values in a place that keeps one at a time.
@Suite struct CredentialBatchTests {
    @Test(arguments: 0...3)
    func whatAFailureLeavesBehindIsWhatWasThere(_ writes: Int) throws {
        let place = OneAtATime()
        try place.write(Secret(copying: "old".utf8), for: key("B"), boundTo: "there")
        #expect(try place.bind(key("B"), to: ["there", "elsewhere"]))
        place.patience.withLock { $0 = writes }
        let values = Secret(copying: "abc".utf8)
        let items = try zip(["A", "B", "C"], 0..<3).map { CredentialBatch.Item(key: try key($0), value: $1..<$1 + 1) }
        let batch = CredentialBatch(items, in: values)
        guard writes < 3 else {
            try place.write(batch, boundTo: "here")
            #expect(place.shown == ["A": "a for here", "B": "b for here", "C": "c for here"])
            return
        }
        #expect(throws: StoreError(.locked, at: place.place)) { try place.write(batch, boundTo: "here") }
        #expect(place.shown == ["B": "old for there, elsewhere"])
    }

    private func key(_ name: String) throws -> CredentialKey {
        CredentialKey(server: "default", name: try #require(CredentialName(name)))
    }
}

/// A place that fails once after so many writes: no real keyring can be made to lock itself between two of them.
private final class OneAtATime: CredentialStore {
    private struct Entry {
        var value: String
        var origins: [String]
    }

    let place = Place(.keyring)
    /// Nil for ever.
    let patience = Mutex<Int?>(nil)
    private let entries = Mutex<[CredentialKey: Entry]>([:])

    var shown: [String: String] {
        entries.withLock { entries in
            Dictionary(
                uniqueKeysWithValues: entries.map {
                    ($0.name.description, "\($1.value) for \($1.origins.joined(separator: ", "))")
                })
        }
    }

    func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        switch entries.withLock({ $0[key] }) {
        case let entry?: StoredCredential(value: Secret(copying: entry.value.utf8), origins: entry.origins)
        case nil: nil
        }
    }

    func write(_ value: borrowing Secret, for key: CredentialKey, boundTo origin: String) throws(StoreError) {
        let left = patience.withLock { patience in
            let left = patience
            patience = left.flatMap { $0 == 0 ? nil : $0 - 1 }
            return left
        }
        if left == 0 { throw StoreError(.locked, at: place) }
        let entry = Entry(value: value.text ?? "", origins: [origin])
        entries.withLock { $0[key] = entry }
    }

    func write(_ credentials: borrowing Credentials, server: String, boundTo origin: String) throws(StoreError) {
        throw StoreError(.missing, at: place)
    }

    func bind(_ key: CredentialKey, to origins: [String]) throws(StoreError) -> Bool {
        entries.withLock { $0[key]?.origins = origins } != nil
    }

    func delete(_ key: CredentialKey) throws(StoreError) -> Bool {
        entries.withLock { $0.removeValue(forKey: key) } != nil
    }

    func list() throws(StoreError) -> [CredentialRecord] { [] }
}

package import Secrets

/// Several values to be kept for one server, all in one piece of guarded memory.
package struct CredentialBatch: ~Copyable, Sendable {
    package struct Item: Hashable, Sendable {
        package let key: CredentialKey
        /// Where its value lies in `values`.
        package let value: Range<Int>

        package init(key: CredentialKey, value: Range<Int>) {
            self.key = key
            self.value = value
        }
    }

    package let items: [Item]
    package let values: Secret

    package init(_ items: [Item], in values: consuming Secret) {
        self.items = items
        self.values = values
    }

    package borrowing func value(of item: Item) -> Secret { values.copy(item.value) }
}

extension CredentialStore {
    /// Where the place keeps one item at a time: those before one that fails are put back, as far as that is possible.
    package func write(_ batch: borrowing CredentialBatch, boundTo origin: String) throws(StoreError) {
        try write(batch.items[...], of: batch, boundTo: origin)
    }

    private func write(
        _ items: ArraySlice<CredentialBatch.Item>, of batch: borrowing CredentialBatch, boundTo origin: String
    ) throws(StoreError) {
        guard let item = items.first else { return }
        let earlier = try read(item.key)
        try write(batch.value(of: item), for: item.key, boundTo: origin)
        do throws(StoreError) { try write(items.dropFirst(), of: batch, boundTo: origin) } catch {
            putBack(earlier, item.key, origin)
            throw error
        }
    }

    private func putBack(_ earlier: consuming StoredCredential?, _ key: CredentialKey, _ origin: String) {
        switch consume earlier {
        case let earlier?:
            guard (try? write(earlier.value, for: key, boundTo: origin)) != nil else { return }
            _ = try? bind(key, to: earlier.origins)
        case nil: _ = try? delete(key)
        }
    }
}

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
    /// Where the place keeps one item at a time: those before one that fails are kept.
    package func write(_ batch: borrowing CredentialBatch, boundTo origin: String) throws(StoreError) {
        for item in batch.items { try write(batch.value(of: item), for: item.key, boundTo: origin) }
    }
}

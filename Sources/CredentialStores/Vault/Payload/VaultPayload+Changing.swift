import Secrets

/// One change to what a vault keeps. New values are ranges of one secret that is handed along.
enum VaultChange {
    /// Sets the current value; what was created stays so.
    case set(CredentialKey, value: Range<Int>, origins: [String])
    /// Sets one part of an entry with all that is known about it.
    case put(VaultEntry, value: Range<Int>)
    case remove(CredentialKey)
    case removePart(CredentialKey, VaultEntry.Role)
    /// Replaces the origins an entry is bound to.
    case bind(CredentialKey, origins: [String])
}

/// Who changes a vault, and when.
struct VaultAuthor {
    /// 16 bytes in hexadecimal.
    let writer: String
    let name: String
    /// Seconds since 1970.
    let now: UInt64
}

extension VaultPayload {
    /// Where the value of an entry of the next payload comes from.
    private enum Origin {
        case kept(Range<Int>)
        case new(Range<Int>)
    }

    /// One entry of the next payload. While it comes about they are found by the bytes that order them, so that a change
    /// costs the same however many there are.
    private struct Part {
        let entry: VaultEntry
        let source: Origin
    }

    /// The padded payload after `changes`, in guarded memory. Nil when it would be larger than a vault may be.
    func changed(by changes: [VaultChange], values: borrowing Secret, author: VaultAuthor) -> Secret? {
        changed(by: changes, values: values, author: author, identitySeed: identitySeed())
    }

    /// The same with another identity from now on.
    func changed(
        by changes: [VaultChange], values: borrowing Secret, author: VaultAuthor, identitySeed: borrowing Secret
    ) -> Secret? {
        var next = Dictionary(
            uniqueKeysWithValues: items.map { ($0.entry.order, Part(entry: $0.entry, source: .kept($0.value))) })
        for change in changes {
            switch change {
            case .set(let key, let value, let origins):
                let old = next[VaultEntry.order(key, .current)]?.entry
                let entry = VaultEntry(
                    key: key, role: .current, created: old?.created ?? author.now, changed: author.now,
                    changedBy: author.writer, origins: origins, attributes: old?.attributes ?? [:]
                )
                next[entry.order] = Part(entry: entry, source: .new(value))
            case .put(let entry, let value):
                next[entry.order] = Part(entry: entry, source: .new(value))
            case .remove(let key):
                for role in VaultEntry.Role.allCases { next[VaultEntry.order(key, role)] = nil }
            case .removePart(let key, let role): next[VaultEntry.order(key, role)] = nil
            case .bind(let key, let origins):
                for order in VaultEntry.Role.allCases.map({ VaultEntry.order(key, $0) }) {
                    guard let part = next[order] else { continue }
                    next[order] = Part(entry: part.entry.bound(to: origins), source: part.source)
                }
            }
        }
        let sorted = next.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        var names = writers
        // Names are for people: where there is room for no more of them, a host goes without.
        if names.count < VaultIndex.mostNames || names[author.writer] != nil { names[author.writer] = author.name }
        return assemble(sorted, values: values, writers: names, identitySeed: identitySeed)
    }

    private func assemble(
        _ next: [Part], values: borrowing Secret, writers: [String: String], identitySeed: borrowing Secret
    ) -> Secret? {
        guard next.allSatisfy(\.entry.fits), next.count <= VaultIndex.mostEntries else { return nil }
        let lengths = next.map { item in
            switch item.source {
            case .kept(let range), .new(let range): range.count
            }
        }
        let index = VaultIndex.encode(writers: writers, entries: zip(next, lengths).map { ($0.0.entry, $0.1) })
        let count = Self.guardRange.upperBound + index.count + lengths.reduce(0, +)
        let padded = Padding.paddedCount(count)
        guard padded <= VaultFile.largestPayload, index.count <= VaultIndex.longest else { return nil }
        return secret.withBytes { old in
            values.withBytes { new in
                Secret(capacity: padded) { out in
                    for position in 0..<Self.identityRange.lowerBound { out.append(old[position]) }
                    identitySeed.withBytes { for position in $0.indices { out.append($0[position]) } }
                    for position in Self.guardRange { out.append(old[position]) }
                    for byte in index { out.append(byte) }
                    for item in next {
                        switch item.source {
                        case .kept(let range): for position in range { out.append(old[position]) }
                        case .new(let range): for position in range { out.append(new[position]) }
                        }
                    }
                    out.append(0x80)
                    while out.byteCount < padded { out.append(0) }
                }
            }
        }
    }

    /// The padded payload of a new vault.
    static func empty(identitySeed: borrowing Secret, author: VaultAuthor) -> Secret {
        let seeds = Secret.joining(identitySeed, Secret.random(count: guardRange.count))
        let start = Secret.joining(Secret(copying: [0, 0]), seeds)
        let index = VaultIndex.encode(writers: [author.writer: author.name], entries: [])
        return Padding.padded(Secret.joining(start, Secret(copying: index)))
    }
}

extension VaultEntry {
    fileprivate func bound(to origins: [String]) -> VaultEntry {
        VaultEntry(
            key: key, role: role, created: created, changed: changed, changedBy: changedBy, origins: origins,
            attributes: attributes
        )
    }
}

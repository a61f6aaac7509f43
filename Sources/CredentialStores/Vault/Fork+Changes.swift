import Secrets

extension Fork {
    /// What makes this host's file the one that both become. Values lie in both payloads, one behind the other.
    struct Merge {
        fileprivate(set) var changes: [VaultChange] = []
        /// Entries of which more values lost than there is room for: the oldest of them are gone after `changes`.
        fileprivate(set) var lost: [CredentialKey] = []
    }

    /// A value, wherever it is.
    private struct Value {
        let entry: VaultEntry
        /// In the joined payloads.
        let range: Range<Int>
    }

    /// - Parameter choices: a side for each difference.
    func merge(_ choices: [CredentialKey: Side]) -> Merge {
        let both = Secret.joining(mine.payload.secret, theirs.payload.secret)
        let shift = mine.payload.secret.count
        let own = mine.payload.items.map { Value(entry: $0.entry, range: $0.value) }
        let ours = Dictionary(grouping: own) { $0.entry.key }
        let others = Dictionary(
            grouping: theirs.payload.items.map {
                Value(entry: $0.entry, range: $0.value.lowerBound + shift..<$0.value.upperBound + shift)
            }
        ) { $0.entry.key }
        let apart = Set(differences.map(\.key))
        var merge = Merge()
        for key in others.keys.sorted() {
            let side: Side? = apart.contains(key) ? choices[key] ?? .mine : nil
            add(key, ours[key] ?? [], others[key] ?? [], side, in: both, to: &merge)
        }
        return merge
    }

    /// - Parameter side: whose current value counts; nil where they are the same, or one has none.
    private func add(
        _ key: CredentialKey, _ mine: [Value], _ theirs: [Value], _ side: Side?, in both: borrowing Secret,
        to merge: inout Merge
    ) {
        var kept: [VaultEntry.Role: Value] = [:]
        for value in mine { kept[value.entry.role] = value }
        var losers: [Value] = []
        for value in theirs {
            let role = value.entry.role
            guard let known = kept[role] else {
                kept[role] = value
                merge.changes.append(.put(value.entry, value: value.range))
                continue
            }
            if role == .current, side != .mine {
                guard side == .theirs else { continue }
                kept[role] = value
                merge.changes.append(.put(value.entry, value: value.range))
                losers.insert(known, at: 0)
            } else if role == .current {
                losers.insert(value, at: 0)
            } else {
                losers.append(value)
            }
        }
        // The latest loser first: it is the one that somebody may want back.
        for loser in losers {
            if kept.values.contains(where: { Self.isSame($0.range, loser.range, in: both) }) { continue }
            var role = [VaultEntry.Role.abandoned, .previous].first { kept[$0] == nil }
            if role == nil {
                if merge.lost.last != key { merge.lost.append(key) }
                if loser.entry.role == .current { role = .previous }
            }
            guard let role else { continue }
            kept[role] = loser
            merge.changes.append(.put(loser.entry.playing(role), value: loser.range))
        }
    }

    private static func isSame(_ one: Range<Int>, _ other: Range<Int>, in both: borrowing Secret) -> Bool {
        guard one.count == other.count else { return false }
        let value = both.copy(other)
        return both.copy(one) == value
    }
}

extension VaultEntry {
    func playing(_ role: Role) -> VaultEntry {
        VaultEntry(
            key: key, role: role, created: created, changed: changed, changedBy: changedBy, origins: origins,
            attributes: attributes)
    }
}

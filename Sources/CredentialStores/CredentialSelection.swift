package import Secrets

/// Credentials that were asked for together, all in one piece of guarded memory.
package struct CredentialSelection: ~Copyable, Sendable {
    package struct Item: Hashable, Sendable {
        package let name: CredentialName
        /// Where its value lies in `values`.
        package let value: Range<Int>
        package let place: Place
    }

    package private(set) var items: [Item] = []
    package private(set) var values = Secret(copying: [])

    mutating func add(_ name: CredentialName, _ value: borrowing Secret, from place: Place) {
        items.append(Item(name: name, value: values.count..<values.count + value.count, place: place))
        values = Secret.joining(values, value)
    }
}

extension CredentialChain {
    /// Every name that there may be something under: those to sign in with, and what the places can tell of.
    package func names() throws(StoreError) -> Set<CredentialName> {
        var names: Set<CredentialName> = [.username, .password, .apiKey]
        for source in sources { names.formUnion(try source.names(for: server)) }
        return names
    }

    /// Those of `names` that there are.
    ///
    /// User name, password and API key come from one source here too: the strongest that has the password or the key, of
    /// the two the ones that are among `names`; for the user name alone, the password.
    package func select(_ names: Set<CredentialName>) throws(StoreError) -> CredentialSelection {
        var selection = CredentialSelection()
        let set: Set<CredentialName> = [.username, .password, .apiKey]
        try select(theSet: names.intersection(set), into: &selection)
        for name in names.subtracting(set).sorted() { try find(name, into: &selection) }
        return selection
    }

    private func select(
        theSet names: Set<CredentialName>, into selection: inout CredentialSelection
    ) throws(StoreError) {
        guard !names.isEmpty else { return }
        let named = names.intersection([.password, .apiKey]).sorted()
        for source in sources {
            var decides = false
            for name in named.isEmpty ? [.password] : named {
                switch try read(name, in: source) {
                case let stored?:
                    decides = true
                    if names.contains(name) { selection.add(name, stored.value, from: stored.place ?? source.place) }
                case nil: continue
                }
            }
            guard decides else { continue }
            if names.contains(.username) { try selectName(in: source, into: &selection) }
            return
        }
        guard names.contains(.username) else { return }
        guard let username else { return try find(.username, into: &selection) }
        selection.add(.username, Secret(copying: username.utf8), from: Place(.option, "qbittorrent.username"))
    }

    private func selectName(
        in source: any CredentialSource, into selection: inout CredentialSelection
    ) throws(StoreError) {
        do throws(StoreError) {
            let name = if let username { username } else { try name(in: source) }
            selection.add(.username, Secret(copying: name.utf8), from: source.place)
        } catch {
            guard error.code == .noUsername else { throw error }
        }
    }

    private func find(_ name: CredentialName, into selection: inout CredentialSelection) throws(StoreError) {
        switch try find(name) {
        case let found?:
            selection.add(name, found.credential.value, from: found.credential.place ?? found.source.place)
        case nil: return
        }
    }
}

extension CredentialChain {
    /// What one source would say for a name.
    package struct Sighting: Hashable, Sendable {
        package enum Verdict: Hashable, Sendable { case answers, hidden, absent, fails(StoreError) }

        package let place: Place
        package let verdict: Verdict
    }

    /// What each source says for `name`, strongest first. Values are read and dropped.
    ///
    /// User name, password and API key are those of one place, the strongest that has a password or a key, so another
    /// place may be hidden too; where the configuration fixes the user name, all of them are.
    package func sightings(of name: CredentialName, _ wanted: Wanted = [.password, .apiKey]) -> [Sighting] {
        let isOfTheSet = [.username, .password, .apiKey].contains(name)
        let chosen = isOfTheSet ? decider(wanted) : nil
        var isAnswered = name == .username && username != nil
        return sources.enumerated().map { index, source in
            let isHidden = isAnswered || index != chosen ?? index
            let (place, verdict) = look(at: source, for: name, isHidden: isHidden)
            if !isHidden, verdict != .absent { isAnswered = true }
            return Sighting(place: place, verdict: verdict)
        }
    }

    /// The place that user name, password and API key come from together, or that fails in their stead.
    package func placeOfTheSet(_ wanted: Wanted = [.password, .apiKey]) -> Place? {
        decider(wanted).map { sources[$0].place }
    }

    private func look(
        at source: any CredentialSource, for name: CredentialName, isHidden: Bool
    ) -> (Place, Sighting.Verdict) {
        do throws(StoreError) {
            switch try source.read(CredentialKey(server: server, name: name)) {
            case let stored?:
                let place = stored.place ?? source.place
                _ = try checked(stored, from: source.place)
                return (place, isHidden ? .hidden : .answers)
            case nil: return (source.place, .absent)
            }
        } catch {
            return (error.place, .fails(error))
        }
    }

    /// The index of the source where the search for credentials ends: with some or with a failure.
    private func decider(_ wanted: Wanted) -> Int? {
        let names = [(Wanted.password, CredentialName.password), (.apiKey, .apiKey)]
            .filter { wanted.contains($0.0) }.map(\.1)
        return sources.firstIndex { source in names.contains { has($0, source) } }
    }

    private func has(_ name: CredentialName, _ source: any CredentialSource) -> Bool {
        do throws(StoreError) {
            switch try source.read(CredentialKey(server: server, name: name)) {
            case .some: return true
            case nil: return false
            }
        } catch { return true }
    }
}

extension CredentialChain {
    /// What one source would say for a name.
    package struct Sighting: Hashable, Sendable {
        package enum Verdict: Hashable, Sendable { case answers, hidden, absent, fails(StoreError) }

        package let place: Place
        package let verdict: Verdict
    }

    /// What each source says for `name`, strongest first. Values are read and dropped.
    ///
    /// A user name is the one of the place that has the password, so a stronger place may be hidden too; where the
    /// configuration fixes the name, all are.
    package func sightings(of name: CredentialName) -> [Sighting] {
        let chosen = name == .username ? decider(of: .password) : nil
        var isAnswered = name == .username && username != nil
        return sources.enumerated().map { index, source in
            let isHidden = isAnswered || index != chosen ?? index
            let (place, verdict) = look(at: source, for: name, isHidden: isHidden)
            if !isHidden, verdict != .absent { isAnswered = true }
            return Sighting(place: place, verdict: verdict)
        }
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

    /// The index of the source where the search for `name` ends: with the credential or with a failure.
    private func decider(of name: CredentialName) -> Int? {
        sources.firstIndex { source in
            do throws(StoreError) {
                switch try source.read(CredentialKey(server: server, name: name)) {
                case .some: return true
                case nil: return false
                }
            } catch { return true }
        }
    }
}

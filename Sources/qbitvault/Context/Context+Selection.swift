import CredentialStores
import Logging
import SystemPackage

extension Context {
    /// Those of `names` that there are.
    ///
    /// - Parameter needed: those that must be there.
    func select(
        _ names: Set<CredentialName>, from chain: CredentialChain, needing needed: Set<CredentialName>
    ) throws -> CredentialSelection {
        let selection = try chain.select(names)
        for item in selection.items { world.log.info("\(item.name): from \(item.place)") }
        if let item = selection.items.first(where: { $0.place.kind == .dotEnv }) {
            world.output.note(
                "the credentials come from plain text, \(item.place.detail); `qbitvault setup` keeps them better")
        }
        let found = selection.items.map(\.name)
        let missing = needed.subtracting(found)
        if missing == [.username], let password = selection.items.first(where: { $0.name == .password }) {
            throw StoreError(.noUsername, at: password.place)
        }
        let places = chain.sources.map(\.place.description).joined(separator: ", ")
        let isOfTheSet = missing.contains(.password) || found.isEmpty && missing.isEmpty
        if isOfTheSet {
            throw Problem(
                .credentialNotFound, "There is no \(missing.isEmpty ? "credential" : "password") for \(chain.origin).",
                at: places, next: "keep one with `qbitvault setup`")
        }
        if let name = missing.sorted().first {
            throw Problem(
                .credentialNotFound, "There is no \(name) for \(chain.origin).", at: places,
                next: "keep it: qbitvault credential set \(name)")
        }
        return selection
    }
}

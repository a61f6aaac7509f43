import SystemPackage

extension UnitPlan {
    /// The variables that say what holds here: the configuration, the store, and what the environment sets.
    var settings: [(name: String, value: String)] {
        var settings = variables
        if let file = configuration { settings.append((name: "QBITVAULT_CONFIG", value: file.string)) }
        switch credentials.store {
        case .vault(let path):
            settings += [(name: "QBITVAULT_STORE", value: "vault"), (name: "QBITVAULT_VAULT", value: path.string)]
        case .keyring: settings.append((name: "QBITVAULT_STORE", value: "keyring"))
        case .dotEnv: break
        }
        return settings
    }
}

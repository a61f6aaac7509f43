extension CredentialKey {
    /// The server that a place without servers answers for.
    package static let defaultServer = "default"

    /// What this is called in a place that has names only, such as the environment: the name itself for the default
    /// server, else `NAME__SERVER`. The server's letters are raised, and what a variable's name cannot hold (`-`,
    /// `.`) is an underscore there.
    package var unscopedName: String {
        guard server != Self.defaultServer else { return name.description }
        let suffix = server.uppercased().utf8.map { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return "\(name)__" + String(decoding: suffix, as: UTF8.self)
    }
}

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

extension CredentialName {
    /// What a name in such a place stands for, where it speaks of `server`; nil where it speaks of another.
    init?(unscoped text: String, for server: String) {
        guard server != CredentialKey.defaultServer else {
            guard !text.contains("__") else { return nil }
            self.init(text)
            return
        }
        guard let mark = text.firstRange(of: "__"), let name = CredentialName(String(text[..<mark.lowerBound])),
            CredentialKey(server: server, name: name).unscopedName == text
        else { return nil }
        self = name
    }
}

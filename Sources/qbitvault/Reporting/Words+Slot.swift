import CredentialStores

extension Slot.Kind {
    /// What a slot is opened by.
    var words: String {
        switch self {
        case .passphrase: "passphrase"
        case .keyFile: "key file"
        case .host: "host"
        case .recovery: "recovery code"
        }
    }
}

extension UInt64 {
    /// A number of writes: `1 write`, `2 writes`.
    var writes: String { self == 1 ? "1 write" : "\(self) writes" }
}

/// What a vault's bytes are refused for. The reasons are those of FORMAT.md.
enum VaultFault: Error, Hashable {
    /// Not what this format allows, or changed.
    case damaged(String)
    /// A version, flag, kind or role that a later program may know.
    case newer(String)

    var code: StoreError.Code {
        switch self {
        case .damaged(let reason): .damaged(.init(reason))
        case .newer: .newer
        }
    }
}

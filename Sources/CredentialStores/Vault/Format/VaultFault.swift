/// What a vault's bytes are refused for.
enum VaultFault: Error, Hashable {
    /// Not what this format allows, or changed.
    case damaged(StoreError.Damage)
    /// A version, flag, kind or role that a later program may know.
    case newer(StoreError.Later)

    var code: StoreError.Code {
        switch self {
        case .damaged(let reason): .damaged(reason)
        case .newer(let reason): .newer(reason)
        }
    }
}

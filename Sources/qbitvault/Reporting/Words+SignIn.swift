import QBittorrentClient

extension SignIn.Proof {
    /// As results tell it: `password`, `api_key` or `not proven`.
    var word: String {
        switch self {
        case .password: "password"
        case .apiKey: "api_key"
        case .bypass: Self.unproven
        }
    }

    static let unproven = "not proven"
}

extension SignIn.Proof? {
    var word: String { self?.word ?? SignIn.Proof.unproven }
}

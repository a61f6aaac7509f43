import Secrets

@testable import CredentialStores

extension Fuzzer {
    /// A `.credentials` of the earlier tool.
    static let earlierCredentials = Fuzzer("earlier-credentials") { input in
        guard let earlier = EarlierCredentials(Secret(copying: input)) else { return }
        let text = String(decoding: input, as: UTF8.self)
        for name in earlier.names { demand(text.contains(name.description), "a name that stands in the file") }
    }
}

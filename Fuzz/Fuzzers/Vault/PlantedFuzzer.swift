import Secrets

@testable import PlantedStores

extension Fuzzer {
    /// The index of a vault, read by a reader with a bug that was planted in it (`PLANTED_BUG`).
    static let planted = Fuzzer("planted", reshape: reshapeIndex) { input in
        guard let content = PayloadContent(indexAndValues: input) else { return }
        let padded = Padding.padded(Secret(copying: content.bytes))
        switch try? VaultPayload.read(padded, identity: Minter.identity) {
        case let payload?: demand(!payload.items.contains { $0.value.isEmpty && $0.value.lowerBound < 0 }, "entries")
        case nil: break
        }
    }
}

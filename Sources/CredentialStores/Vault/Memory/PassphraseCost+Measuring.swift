package import Secrets

extension PassphraseCost {
    /// How long one attempt takes on this machine: one is made, with a passphrase of no meaning. Nil where there is no
    /// memory for it.
    package func measure() -> Duration? {
        guard MemoryRoom.now().holds(self) else { return nil }
        let passphrase = Secret.random(count: 16)
        let start = ContinuousClock.now
        switch KeyDerivation.seed(passphrase: passphrase, salt: PublicBytes.random(count: 16), cost: self) {
        case .some: return start.duration(to: .now)
        case nil: return nil
        }
    }

    /// Whether one attempt is soon over.
    package var isModest: Bool {
        memory <= Self.moderate.memory
            && UInt64(operations) * memory <= UInt64(Self.moderate.operations) * Self.moderate.memory
    }
}

import Synchronization

/// Which option reads which descriptor: each can be read once, and holds one secret.
enum ClaimedInput {
    private static let options = Mutex<[Int32: String]>([:])

    /// From now on the descriptor is `option`'s.
    static func note(_ number: Int32, for option: String) { options.withLock { $0[number] = option } }

    /// - Throws: `Problem` with 64 where another option reads it.
    static func claim(_ number: Int32, for option: String) throws(Problem) {
        let owner = options.withLock { options in
            if let owner = options[number] { return owner }
            options[number] = option
            return option
        }
        guard owner != option else { return }
        let name = number == 0 ? "Standard input" : "Descriptor \(number)"
        throw Problem(
            .usage, "\(name) can hold one secret, and \(owner) reads it already.", at: option,
            next: "give one of them in another way")
    }
}

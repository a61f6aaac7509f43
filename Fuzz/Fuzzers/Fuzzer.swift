import CFuzzing

/// A reader, and what must hold of it for whatever bytes it is given. That it neither crashes nor hangs, and reaches for
/// nothing outside its memory, libFuzzer and the address sanitizer see to.
struct Fuzzer: Sendable {
    let name: String
    let check: @Sendable (_ input: [UInt8]) -> Void
    /// Makes another input of one, for formats with lengths. Nil where the input is not of its format.
    let reshape: (@Sendable (_ input: [UInt8], _ chance: inout Chance) -> [UInt8]?)?

    init(
        _ name: String, reshape: (@Sendable (_ input: [UInt8], _ chance: inout Chance) -> [UInt8]?)? = nil,
        check: @escaping @Sendable (_ input: [UInt8]) -> Void
    ) {
        self.name = name
        self.check = check
        self.reshape = reshape
    }

    /// How much may be allocated at once for an input of `count` bytes: so many times as much, and a little.
    static func allowance(_ count: Int) -> Int { 128 << 10 + 64 * count }

    func run(_ input: [UInt8]) {
        qbv_reset_peak()
        check(input)
        let peak = qbv_peak()
        demand(peak <= Self.allowance(input.count), "\(peak) bytes were allocated for \(input.count)")
    }

    static let all = [
        vaultFile, vaultHeader, vaultPayload, vaultIndex, dotEnv, earlierCredentials, settings, torrent, planted,
    ]
}

/// Ends the process, and so the run, unless `condition` holds.
func demand(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}

/// Ends the process unless both are the same bytes.
func demandSame(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>, _ what: @autoclosure () -> String) {
    demand(a.elementsEqual(b), what())
}

import CFuzzing

/// Random numbers that libFuzzer's seed repeats (splitmix64), and its own ways to change bytes.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt32) { state = UInt64(seed) }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        let once = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        let twice = (once ^ (once >> 27)) &* 0x94d0_49bb_1331_11eb
        return twice ^ (twice >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    /// Some of `bytes` changed, put in or taken out, by libFuzzer and with all that it has learnt.
    static func mutated(_ bytes: [UInt8], longest: Int) -> [UInt8] {
        var room = bytes + [UInt8](repeating: 0, count: max(0, longest - bytes.count))
        let count = unsafe LLVMFuzzerMutate(&room, min(bytes.count, longest), longest)
        return Array(room.prefix(count))
    }

    /// The same, mostly as letters, which is what most fields want.
    mutating func mutatedText(_ bytes: [UInt8], longest: Int) -> [UInt8] {
        let changed = Self.mutated(bytes, longest: longest)
        return below(4) == 0 ? changed : changed.map { $0 & 0x5f | 0x41 }
    }
}

/// What libFuzzer calls to make a new input of an old one. Half of them change shape with their lengths kept right,
/// where the format has lengths: by blind changes a field would hardly ever grow.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
    var chance = Chance(seed: seed)
    if chance.below(2) == 0, let reshape = Chosen.fuzzer?.reshape {
        let old = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
        if let new = reshape(old, &chance), (1...most).contains(new.count) {
            _ = unsafe UnsafeMutableBufferPointer(start: bytes, count: most).update(fromContentsOf: new)
            return new.count
        }
    }
    return unsafe LLVMFuzzerMutate(bytes, count, most)
}

extension [UInt8] {
    /// A copy with one bit changed in the byte at `index`.
    func flipped(at index: Int) -> [UInt8] {
        var copy = self
        copy[index] ^= 1 << UInt8(index % 8)
        return copy
    }
}

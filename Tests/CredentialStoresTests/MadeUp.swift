/// A password made up on the spot.
func madeUp(_ count: Int = 24) -> String {
    String((0..<count).map { _ in "abcdefghijkmnpqrstuvwxyz23456789".randomElement() ?? "x" })
}

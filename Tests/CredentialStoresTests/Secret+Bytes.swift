import Secrets

extension Secret {
    /// The bytes, for a test to compare: `#expect` takes no noncopyable values.
    var bytes: [UInt8] { withBytes { span in span.indices.map { span[$0] } } }
}

/// A password made up on the spot.
func madeUp(_ count: Int = 24) -> String {
    String((0..<count).map { _ in "abcdefghijkmnpqrstuvwxyz23456789".randomElement() ?? "x" })
}

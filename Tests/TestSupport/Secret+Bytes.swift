package import Secrets

extension Secret {
    /// The bytes, for a test to compare: `#expect` takes no noncopyable values.
    package var bytes: [UInt8] { withBytes { span in span.indices.map { span[$0] } } }
}

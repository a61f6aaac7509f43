extension Secret {
    /// The bytes as ordinary text, for what is no secret although it came with one: a user name. Nil when they are
    /// not UTF-8 or hold control characters.
    package var text: String? {
        withBytes { bytes in
            let copy = bytes.indices.map { bytes[$0] }
            guard let text = String(validating: copy, as: UTF8.self) else { return nil }
            return text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } ? nil : text
        }
    }
}

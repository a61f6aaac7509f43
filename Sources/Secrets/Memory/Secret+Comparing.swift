import CSodium

extension Secret {
    /// Whether both hold the same bytes, in time that depends on their length alone.
    package static func == (a: borrowing Secret, b: borrowing Secret) -> Bool {
        guard a.count == b.count else { return false }
        return unsafe a.withUnsafeBytes { first in
            unsafe b.withUnsafeBytes { second in unsafe sodium_memcmp(first, second, a.count) == 0 }
        }
    }

    package var isEmpty: Bool { count == 0 }

    /// Whether a zero byte is in it, which no HTTP form, environment or C string carries soundly.
    package var holdsNUL: Bool { withBytes { bytes in bytes.indices.contains { bytes[$0] == 0 } } }

    /// Looks at the bytes where they are.
    package var isUTF8: Bool { withBytes { bytes in (try? UTF8Span(validating: bytes)) != nil } }

    /// Whether a line break or another control character but a tab is in it, which no HTTP header can hold.
    package var holdsControlCharacters: Bool {
        withBytes { bytes in
            bytes.indices.contains { bytes[$0] < 0x20 && bytes[$0] != 0x09 || bytes[$0] == 0x7f }
        }
    }
}

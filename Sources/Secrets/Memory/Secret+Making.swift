import CSodium

extension Secret {
    /// A secret made of bytes that are in ordinary memory already: for constants and tests, never for a password.
    package init(copying bytes: some Collection<UInt8>) {
        self.init(capacity: bytes.count) { out in
            for byte in bytes { out.append(byte) }
        }
    }

    /// `count` random bytes.
    package static func random(count: Int) -> Secret {
        unsafe Secret(count: count) { unsafe randombytes_buf($0, count) }
    }

    /// A part of this secret, copied into guarded memory of its own.
    package borrowing func copy(_ range: Range<Int>) -> Secret {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return unsafe Secret(count: range.count) { room in
            unsafe withUnsafeBytes { all in unsafe room.update(from: all + range.lowerBound, count: range.count) }
        }
    }

    /// The whole secret once more. Copies are spelled out so that a reviewer sees them.
    package borrowing func copy() -> Secret { copy(0..<count) }

    /// `a` followed by `b`.
    package static func joining(_ a: borrowing Secret, _ b: borrowing Secret) -> Secret {
        unsafe Secret(count: a.count + b.count) { room in
            unsafe a.withUnsafeBytes { bytes in unsafe room.update(from: bytes, count: a.count) }
            unsafe b.withUnsafeBytes { bytes in unsafe (room + a.count).update(from: bytes, count: b.count) }
        }
    }

    /// Without the one newline (LF or CRLF) that a file, a pipe or an editor leaves at the end. Only one goes.
    package consuming func withoutTrailingNewline() -> Secret {
        let end = withBytes { bytes in
            guard let last = bytes.indices.last, bytes[last] == UInt8(ascii: "\n") else { return bytes.count }
            return last > 0 && bytes[last - 1] == UInt8(ascii: "\r") ? last - 1 : last
        }
        return end == count ? self : copy(0..<end)
    }
}

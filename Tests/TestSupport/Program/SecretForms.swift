import Glibc
package import Secrets

/// The shapes in which a secret may lie around: as it is, quoted, in hexadecimal, percent-encoded, in base64 and in UTF-16.
///
/// They are one secret with an index of ranges, so that to look for a leak is not to make one.
package struct SecretForms: ~Copyable {
    private let all: Secret
    private let ranges: [Range<Int>]

    /// - Parameter secret: at least six bytes; less would be found by chance.
    package init(of secret: borrowing Secret) {
        precondition(secret.count >= 6, "too short to be searched for")
        var ranges: [Range<Int>] = []
        all = secret.withBytes { bytes in
            Secret(capacity: bytes.count * 48 + 48) { out in
                for form in Self.forms {
                    let start = out.byteCount
                    form(bytes, &out)
                    ranges.append(start..<out.byteCount)
                }
            }
        }
        self.ranges = ranges
    }

    /// Whether one of the forms is a part of `text`.
    package borrowing func occur(in text: [UInt8]) -> Bool {
        all.withBytes { forms in
            ranges.contains { form in
                guard !form.isEmpty, text.count >= form.count else { return false }
                return unsafe text.withUnsafeBufferPointer { text in
                    unsafe forms.extracting(form).withUnsafeBufferPointer { unsafe $0.occur(in: text) }
                }
            }
        }
    }

    /// The lengths of the forms, and the forms themselves one after the other, for a program that searches.
    package borrowing func with<R>(_ body: ([Int], borrowing Secret) throws -> R) rethrows -> R {
        try body(ranges.map(\.count), all)
    }

    private typealias Form = (borrowing Span<UInt8>, inout OutputRawSpan) -> Void

    private static var forms: [Form] {
        [
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(byte) } },
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(quoted: byte) } },
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(hexadecimal: byte, .lower) } },
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(hexadecimal: byte, .upper) } },
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(percent: byte, .lower) } },
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(percent: byte, .upper) } },
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(form: byte) } },
            // Where the secret is a part of what was encoded, it begins at one of three places of a group of letters.
            { bytes, out in bytes.appendBase64(to: &out, skipping: 0, marks: "+/") },
            { bytes, out in bytes.appendBase64(to: &out, skipping: 4, marks: "+/") },
            { bytes, out in bytes.appendBase64(to: &out, skipping: 2, marks: "+/") },
            { bytes, out in bytes.appendBase64(to: &out, skipping: 0, marks: "-_") },
            { bytes, out in bytes.appendBase64(to: &out, skipping: 4, marks: "-_") },
            { bytes, out in bytes.appendBase64(to: &out, skipping: 2, marks: "-_") },
            // JSON may escape what it need not: slashes, and all that is not ASCII.
            { bytes, out in bytes.rewrite(into: &out) { byte, out in out.append(slashed: byte) } },
            { bytes, out in bytes.forEachUnit { unit in out.append(escaped: unit, .lower) } },
            { bytes, out in bytes.forEachUnit { unit in out.append(escaped: unit, .upper) } },
            { bytes, out in
                bytes.forEachUnit { unit in
                    out.append(UInt8(truncatingIfNeeded: unit))
                    out.append(UInt8(unit >> 8))
                }
            },
            { bytes, out in
                bytes.forEachUnit { unit in
                    out.append(UInt8(unit >> 8))
                    out.append(UInt8(truncatingIfNeeded: unit))
                }
            },
        ]
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these bytes, at least one, are a part of `text`.
    fileprivate func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let all = text.baseAddress, let sought = baseAddress else { return false }
        var start = 0
        while start + count <= text.count,
            let hit = unsafe memchr(all + start, Int32(sought[0]), text.count - count - start + 1)
        {
            if unsafe memcmp(hit, sought, count) == 0 { return true }
            start = unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(all) + 1
        }
        return false
    }
}

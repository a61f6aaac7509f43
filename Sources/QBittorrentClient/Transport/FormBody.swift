import NIOCore
package import Secrets

/// A request's body: one of the places where the bytes of a secret leave their guarded memory. The others here are
/// `FormBody+Contents`, `SecretHeaderHandler` and `ClientCertificate`.
///
/// They are percent-encoded straight into a buffer that is made large enough beforehand, because a buffer that grows
/// leaves a copy behind. The HTTP and TLS layers share that buffer and do not copy it, so wiping it in place leaves
/// nothing (measured: no copy on HTTP or HTTPS, TLS 1.2 and 1.3). Whoever made the body wipes it when the answer is
/// there; letting go of it does the same.
package final class FormBody: Sendable {
    let contentType: String
    let buffer: ByteBuffer

    init(contentType: String, buffer: ByteBuffer) {
        self.contentType = contentType
        self.buffer = buffer
    }

    /// Fields that hold no secret.
    package convenience init(_ fields: [Field]) {
        let plain = Self.encoded(fields)
        self.init(contentType: Self.urlEncoded, buffer: ByteBuffer(string: plain))
    }

    /// Fields, and one more whose value is a secret.
    package convenience init(_ fields: [Field], secret name: String, _ value: borrowing Secret) {
        let plain = Self.encoded(fields) + (fields.isEmpty ? "" : "&") + PercentEncoding.encode(name) + "="
        let buffer = value.withBytes { secret in
            Self.buffer(of: plain.utf8.count + PercentEncoding.count(of: secret)) { out in
                out.append(plain)
                PercentEncoding.append(secret, to: &out)
            }
        }
        self.init(contentType: Self.urlEncoded, buffer: buffer)
    }

    /// Overwrites the body, in the storage that the layers below share. A request with it must not be sent again.
    package func wipe() { buffer.wipe() }

    deinit { wipe() }

    static let urlEncoded = "application/x-www-form-urlencoded"

    /// A buffer that is filled to its last byte and never grows.
    static func buffer(of count: Int, _ fill: (inout OutputRawSpan) -> Void) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            var out = unsafe OutputRawSpan(buffer: room, initializedCount: 0)
            fill(&out)
            return unsafe out.finalize(for: room)
        }
        return buffer
    }

    static func encoded(_ fields: [Field]) -> String {
        fields.map(\.encoded).joined(separator: "&")
    }
}

extension OutputRawSpan {
    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    mutating func append(_ bytes: borrowing Span<UInt8>) {
        for index in bytes.indices { append(bytes[index]) }
    }
}

import NIOCore

/// A file that goes to the server inside a form.
package struct UploadedFile: Hashable, Sendable {
    /// The name of the form's field.
    let field: String
    let name: String
    let contentType: String
    let bytes: [UInt8]
}

extension FormBody {
    /// Fields and a file, as `multipart/form-data` (RFC 7578). Nothing in it may be a secret.
    package convenience init(_ fields: [Field], file: UploadedFile) {
        // Random, so that no content holds it by accident or on purpose.
        let boundary = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        var buffer = ByteBuffer()
        for field in fields {
            buffer.writeString("--\(boundary)\r\ncontent-disposition: form-data; name=\"\(field.name)\"\r\n\r\n")
            buffer.writeString("\(field.value)\r\n")
        }
        buffer.writeString("--\(boundary)\r\ncontent-disposition: form-data; name=\"\(file.field)\"; ")
        buffer.writeString("filename=\"\(file.name)\"\r\ncontent-type: \(file.contentType)\r\n\r\n")
        buffer.writeBytes(file.bytes)
        buffer.writeString("\r\n--\(boundary)--\r\n")
        self.init(contentType: "multipart/form-data; boundary=\(boundary)", buffer: buffer)
    }
}

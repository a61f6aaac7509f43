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
    /// Fields and a file, as `multipart/form-data`. Nothing in it may be a secret.
    package convenience init(_ fields: [Field], file: UploadedFile) {
        let multipart = Multipart()
        var buffer = ByteBuffer()
        for field in fields { buffer.writeString(multipart.head(field.name) + field.value + multipart.tail) }
        buffer.writeString(multipart.head(file.field, file: (file.name, file.contentType)))
        buffer.writeBytes(file.bytes)
        buffer.writeString(multipart.tail + multipart.end)
        self.init(contentType: multipart.contentType, buffer: buffer)
    }
}

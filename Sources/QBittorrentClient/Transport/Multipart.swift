/// The seams of a body in `multipart/form-data` (RFC 7578).
struct Multipart {
    // Random, so that no content holds it by accident or on purpose.
    private let boundary = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// What stands before the content of a part.
    ///
    /// - Parameter file: name and type of an uploaded file. Without them the server takes a part for a parameter.
    func head(_ field: String, file: (name: String, type: String)? = nil) -> String {
        var head = "--\(boundary)\r\ncontent-disposition: form-data; name=\"\(Self.quoted(field))\""
        if let file { head += "; filename=\"\(Self.quoted(file.name))\"\r\ncontent-type: \(file.type)" }
        return head + "\r\n\r\n"
    }

    /// What stands after the content of a part.
    let tail = "\r\n"

    /// What stands after all parts.
    var end: String { "--\(boundary)--\r\n" }

    /// The server takes such a header apart at semicolons, quoted or not.
    private static func quoted(_ name: String) -> String {
        name.utf8.allSatisfy(isPlain)
            ? name : name.utf8.map { isPlain($0) ? String(UnicodeScalar($0)) : PercentEncoding.encode($0) }.joined()
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7f && !"\";\\".utf8.contains(byte) }
}

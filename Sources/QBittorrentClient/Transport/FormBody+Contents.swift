package import Secrets

/// A field whose value was read from a file, or standard input. It may be a secret.
package final class FieldContent: Sendable {
    let name: String
    /// The name of an upload; nil for a value like any other.
    let fileName: String?
    let bytes: Secret

    package init(_ name: String, fileName: String? = nil, _ bytes: consuming Secret) {
        self.name = name
        self.fileName = fileName
        self.bytes = bytes
    }
}

extension FormBody {
    /// Fields that hold no secret, and some that may: as `multipart/form-data` where one of them is an upload.
    package convenience init(_ fields: [Field], contents: [FieldContent]) {
        if contents.contains(where: { $0.fileName != nil }) {
            self.init(parts: fields, contents)
        } else {
            self.init(pairs: fields, contents)
        }
    }

    /// A body that somebody else has made.
    package convenience init(contentType: String, _ content: borrowing Secret) {
        let buffer = content.withBytes { bytes in Self.buffer(of: bytes.count) { $0.append(bytes) } }
        self.init(contentType: contentType, buffer: buffer)
    }

    private convenience init(pairs fields: [Field], _ contents: [FieldContent]) {
        let plain = Self.encoded(fields)
        let names = contents.indices.map { index in
            (index == 0 && plain.isEmpty ? "" : "&") + PercentEncoding.encode(contents[index].name) + "="
        }
        let values = contents.reduce(0) { $0 + $1.bytes.withBytes { PercentEncoding.count(of: $0) } }
        let count = names.reduce(plain.utf8.count + values) { $0 + $1.utf8.count }
        let buffer = Self.buffer(of: count) { out in
            out.append(plain)
            for (name, content) in zip(names, contents) {
                out.append(name)
                content.bytes.withBytes { PercentEncoding.append($0, to: &out) }
            }
        }
        self.init(contentType: Self.urlEncoded, buffer: buffer)
    }

    private convenience init(parts fields: [Field], _ contents: [FieldContent]) {
        let multipart = Multipart()
        let plain = fields.map { multipart.head($0.name) + $0.value + multipart.tail }.joined()
        let heads = contents.map { content in
            multipart.head(content.name, file: content.fileName.map { ($0, "application/octet-stream") })
        }
        let values = contents.reduce(0) { $0 + $1.bytes.count + multipart.tail.utf8.count }
        let fixed = plain.utf8.count + multipart.end.utf8.count
        let buffer = Self.buffer(of: heads.reduce(fixed + values) { $0 + $1.utf8.count }) { out in
            out.append(plain)
            for (head, content) in zip(heads, contents) {
                out.append(head)
                content.bytes.withBytes { out.append($0) }
                out.append(multipart.tail)
            }
            out.append(multipart.end)
        }
        self.init(contentType: multipart.contentType, buffer: buffer)
    }
}

import NIOCore

/// What a client has asked.
package struct HeardRequest: Sendable {
    package let method: String
    /// Below `/api/v2/`, without a query.
    package let endpoint: String
    package let stage: Fault.Stage

    /// Takes a whole request from the beginning of `buffer`. Nil until it is there.
    init?(takingFrom buffer: inout ByteBuffer) {
        let text = String(decoding: buffer.readableBytesView, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        func header(_ name: String) -> String? {
            lines.first { $0.lowercased().hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
        }
        let head = text[..<end.upperBound].utf8.count
        let body = header("content-length").flatMap { Int($0.filter { $0 != " " }) } ?? 0
        guard buffer.readableBytes >= head + body else { return nil }
        buffer.moveReaderIndex(forwardBy: head + body)
        let words = lines.first?.split(separator: " ") ?? []
        method = words.first.map(String.init) ?? ""
        let path = words.dropFirst().first?.prefix { $0 != "?" } ?? ""
        endpoint = String(path.hasPrefix("/api/v2/") ? path.dropFirst("/api/v2/".count) : path)
        stage =
            switch endpoint {
            case "auth/login": .login
            case "auth/logout": .logout
            default: header("cookie") == nil ? .probe : .call
            }
    }
}

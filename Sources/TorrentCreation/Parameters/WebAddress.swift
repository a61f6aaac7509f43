/// The parts of a tracker's or web seed's address that can be judged before any server sees it.
struct WebAddress {
    /// In lower case.
    let scheme: String
    /// With brackets around an IPv6 address.
    let host: Substring
    let port: Substring?

    /// Scheme, host and port: what can be shown. Names, passwords and passkeys stand elsewhere.
    var origin: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }

    /// - Parameter schemes: those that are allowed, in lower case. Nil allows any.
    init(_ text: String, schemes: [String]? = nil, field: ParameterError.Field) throws(ParameterError) {
        if text.isEmpty { throw ParameterError(.empty, in: field) }
        if text.unicodeScalars.contains(where: Self.isBlank) { throw ParameterError(.holdsBlank, in: field) }
        if text.utf8.contains(UInt8(ascii: "|")) { throw ParameterError(.holdsSeparator, in: field) }

        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.startIndex,
            text[colon...].utf8.starts(with: "://".utf8)
        else { throw ParameterError(.noScheme, in: field) }
        scheme = text[..<colon].lowercased()
        if let schemes, !schemes.contains(scheme) {
            throw ParameterError(.unknownScheme(allowed: schemes), in: field)
        }

        let rest = text[text.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        (host, port) = try Self.split(place, field: field)
        if host.isEmpty { throw ParameterError(.noHost, in: field) }
        guard Self.isSound(host: host) else { throw ParameterError(.badHost, in: field) }
        if let port {
            guard port.utf8.allSatisfy(Self.isDigit), (1...65535).contains(Int(port) ?? 0) else {
                throw ParameterError(.badPort, in: field)
            }
        }
    }

    private static func split(
        _ place: Substring,
        field: ParameterError.Field
    ) throws(ParameterError) -> (host: Substring, port: Substring?) {
        var hostEnd = place.startIndex
        if place.first == "[" {
            guard let bracket = place.firstIndex(of: "]") else { throw ParameterError(.badHost, in: field) }
            hostEnd = place.index(after: bracket)
            guard hostEnd == place.endIndex || place[hostEnd] == ":" else { throw ParameterError(.badHost, in: field) }
        } else {
            hostEnd = place.firstIndex(of: ":") ?? place.endIndex
        }
        return (place[..<hostEnd], hostEnd == place.endIndex ? nil : place[place.index(after: hostEnd)...])
    }

    private static func isSound(host: Substring) -> Bool {
        guard host.first == "[" else { return !host.contains { "<>\"\\^`{}[]%".contains($0) } }
        let address = host.dropFirst().dropLast()
        return address.contains(":") && address.allSatisfy { ($0.isASCII && $0.isHexDigit) || $0 == ":" || $0 == "." }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
        default: false
        }
    }
}

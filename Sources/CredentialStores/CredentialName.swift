/// What a credential is called: `QBIT_USERNAME`, `TRACKER`, or any name an environment variable could have.
package struct CredentialName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let description: String

    /// Nil unless it starts with a letter or underscore, goes on with those and digits, and has at most 128 bytes.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= Self.longest, !Self.isDigit(first) else { return nil }
        guard bytes.allSatisfy(Self.canHold) else { return nil }
        description = text
    }

    private init(known text: String) { description = text }

    package static let username = CredentialName(known: "QBIT_USERNAME")
    package static let password = CredentialName(known: "QBIT_PASSWORD")
    /// For servers from Web API 2.14.1 on.
    package static let apiKey = CredentialName(known: "QBIT_API_KEY")
    /// Of something that is no credential: by the dash nobody can ask for it.
    static let guardKey = CredentialName(known: "login-guard")

    package static func < (a: Self, b: Self) -> Bool { a.description < b.description }

    /// In bytes.
    static let longest = 128

    static func canHold(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}

/// What an entry is kept under: the server's name in the configuration, and the credential's own.
package struct CredentialKey: Hashable, Sendable, Comparable {
    package let server: String
    package let name: CredentialName

    package init(server: String, name: CredentialName) {
        self.server = server
        self.name = name
    }

    // Server names are what their bytes are: to Swift, texts that only look the same are equal.

    package static func == (a: Self, b: Self) -> Bool {
        a.server.utf8.elementsEqual(b.server.utf8) && a.name == b.name
    }

    package func hash(into hasher: inout Hasher) {
        for byte in server.utf8 { hasher.combine(byte) }
        hasher.combine(name)
    }

    package static func < (a: Self, b: Self) -> Bool {
        a.server.utf8.elementsEqual(b.server.utf8)
            ? a.name < b.name : a.server.utf8.lexicographicallyPrecedes(b.server.utf8)
    }
}

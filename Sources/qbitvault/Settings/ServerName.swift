import CredentialStores

/// What a server is called in the configuration, on the command line, and where its credentials are kept.
enum ServerName {
    /// The server of `qbittorrent:`, which needs no name in the configuration.
    static let usual = CredentialKey.defaultServer

    static let rule = "letters, digits, dash, underscore and dot, up to 64, with a letter or digit first"

    static func isSound(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 64, isLetterOrDigit(first) else { return false }
        return name.utf8.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
    }

    /// Whether it would be taken for the server of `qbittorrent:`.
    static func isReserved(_ name: String) -> Bool { name.lowercased() == usual }

    /// The environment variable that would speak of both servers: `QBIT_PASSWORD__NAS_1` of `nas-1` and `NAS.1`, or
    /// `QBIT_PASSWORD__NAS_FILE` of `nas` (a file's name) and `nas_file` (a password). Nil if there is none.
    static func variable(sharedBy one: String, and other: String) -> String? {
        let (one, other) = (variable(of: one), variable(of: other))
        if one == other || one + "_FILE" == other { return other }
        return other + "_FILE" == one ? one : nil
    }

    /// The environment variable with its password.
    private static func variable(of name: String) -> String {
        CredentialKey(server: name, name: .password).unscopedName
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

import SecureFiles
import SystemPackage

/// Why the settings cannot be used: what is wrong, and where. Equal by content.
struct SettingsError: Error, Hashable {
    enum Code: Hashable, Sendable {
        /// The file cannot be had, or must not be trusted.
        case unreadable(FileError.Code)
        case malformed(YamlError.Code)
        /// `nearest` is the known key that was probably meant.
        case unknownKey(String, nearest: String?)
        case wrongValue(key: String, expected: String, found: Found)
        /// A line of `headers:`; its name where that is one.
        case badHeader(String?, HeaderFault)
        /// Both are set, and only one of them can hold.
        case conflict(key: String, with: String)
        /// A part of an address where the rest of it is not known by parts.
        case partOfAddress(key: String, whole: String)
        /// What no server can be called.
        case unsoundName(String)
        /// A name that means the server of `qbittorrent:`.
        case reservedName(String)
        /// The environment variable would speak of both servers.
        case sharedVariable(String, String, String)
        /// A file that was merely found in the working folder would weaken how the connection is protected.
        case weakening(key: String)
        /// A file that was merely found in the working folder would have a program run.
        case commanding(key: String)
        /// The environment would weaken how the connection is protected; only a file may.
        case noOverride(key: String)
        /// The variable (`HOME`) that says where folders are is missing or not an absolute path.
        case noFolder
    }

    /// What stood there instead. A value that may hold a secret is never quoted.
    enum Found: Hashable, Sendable {
        case text(String)
        case hidden
        case list
        case mapping
    }

    enum Place: Hashable, Sendable {
        /// `line` counts from one; nil where the whole file is meant.
        case file(FilePath, line: Int?)
        /// An environment variable.
        case variable(String)
    }

    let code: Code
    let place: Place

    init(_ code: Code, at place: Place) {
        self.code = code
        self.place = place
    }
}

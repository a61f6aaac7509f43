import SecureFiles
import SystemPackage

/// The configuration file in use, and how it was found.
struct ConfigurationFile: Hashable, Sendable {
    /// The ways to find one, the strongest first.
    enum Origin: Hashable, Sendable, CaseIterable {
        /// `--config`
        case option
        /// `QBITVAULT_CONFIG`
        case variable
        /// The user's configuration folder.
        case user
        /// `/etc/qbitvault`
        case system
        /// `config/` of the working folder, which may be a clone of somebody else's.
        case workingFolder
    }

    let path: FilePath
    let origin: Origin

    /// Whether it may weaken how the connection is protected and use credentials that no server's name is bound to.
    /// One that merely lies in the working folder may not.
    var isTrusted: Bool { origin != .workingFolder }

    /// The fallback that belongs to it.
    var dotEnv: FilePath { path.removingLastComponent().appending(".env") }

    /// Where to look, in this order. A file that somebody named ends the search whether it is there or not.
    static func candidates(
        option: FilePath?, environment: (String) -> String?, system: FilePath = "/etc/qbitvault",
        workingFolder: FilePath = ""
    ) -> [ConfigurationFile] {
        if let option { return [ConfigurationFile(path: option, origin: .option)] }
        if let named = environment("QBITVAULT_CONFIG"), !named.isEmpty {
            return [ConfigurationFile(path: FilePath(named), origin: .variable)]
        }
        let user = Folders(environment: environment).config
        let usual: [(FilePath?, Origin)] = [
            (user, .user), (system, .system), (workingFolder.appending("config"), .workingFolder),
        ]
        return usual.compactMap { folder, origin in
            folder.map { ConfigurationFile(path: $0.appending("config.yaml"), origin: origin) }
        }
    }

    /// What it holds; nil if it is not there and nobody named it. One that others can write to is refused.
    func read() throws(SettingsError) -> [UInt8]? {
        do throws(FileError) {
            return try FileReading.bytes(at: path, rule: .configuration, limit: YamlReader.largest)
        } catch {
            let isNamed = origin == .option || origin == .variable
            if error.code == .absent && !isNamed { return nil }
            throw SettingsError(.unreadable(error.code), at: .file(path, line: nil))
        }
    }
}

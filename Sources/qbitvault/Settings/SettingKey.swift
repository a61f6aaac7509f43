/// One key of `config.yaml`: what it is called, what it may hold, and where the value goes.
struct SettingKey: Sendable {
    enum Section: String, CaseIterable, Sendable {
        case qbittorrent
        case auth
        case credentials
        case torrentCreation = "torrent_creation"
    }

    /// Properties that few keys have.
    struct Traits: OptionSet, Sendable {
        let rawValue: Int
        /// A value may hold a pass key, so no error quotes it.
        static let secretive = Traits(rawValue: 1)
        /// Anything but the default weakens how the connection is protected.
        static let guarded = Traits(rawValue: 2)
        /// A part of the server's address, which `url` says whole.
        static let address = Traits(rawValue: 4)
        /// The environment may not set it, because it would weaken security where nobody looks.
        static let fileOnly = Traits(rawValue: 8)
        /// Is about all servers together, so that no server has one of its own.
        static let common = Traits(rawValue: 16)
        /// Names a program that is run.
        static let command = Traits(rawValue: 32)
    }

    let section: Section
    let name: String
    let alias: String?
    let traits: Traits
    /// What it may hold, in words: "a whole number from 1 to 65535".
    let expected: String
    /// Whether the environment holds it as YAML, because it is a list or a mapping.
    let isStructured: Bool
    /// Puts the value into the settings; false if it is not what was expected.
    let store: @Sendable (YamlNode, PathBase, inout Settings) -> Bool
    /// What is wrong with a value that `store` refuses, where more can be said than what is expected.
    let flaw: @Sendable (YamlNode) -> SettingFlaw?
    /// Whether the settings hold the default.
    let isDefault: @Sendable (Settings) -> Bool

    /// `qbittorrent.port`
    var path: String { "\(section.rawValue).\(name)" }

    /// Whether it is the server's address or a part of it.
    var saysWhere: Bool { path == "qbittorrent.url" || traits.contains(.address) }

    /// The environment variable that stands above the file, such as `QBITVAULT_PORT`.
    var variable: String {
        let prefix =
            switch section {
            case .qbittorrent, .credentials: ""
            case .auth: "AUTH_"
            case .torrentCreation: "CREATION_"
            }
        return "QBITVAULT_" + prefix + (alias ?? name).uppercased()
    }

    init<Value: Equatable & Sendable>(
        _ section: Section, _ name: String, _ kind: SettingKind<Value>,
        _ place: any WritableKeyPath<Settings, Value> & Sendable, _ traits: Traits = [],
        alias: String? = nil
    ) {
        self.section = section
        self.name = name
        self.alias = alias
        self.traits = traits
        expected = kind.expected
        isStructured = kind.isStructured
        flaw = kind.flaw
        store = { node, base, settings in
            guard let value = kind.read(node, base) else { return false }
            settings[keyPath: place] = value
            return true
        }
        isDefault = { $0[keyPath: place] == Settings()[keyPath: place] }
    }

    /// A key that may be left without any value.
    init<Value: Equatable & Sendable>(
        _ section: Section, _ name: String, _ kind: SettingKind<Value>,
        _ place: any WritableKeyPath<Settings, Value?> & Sendable, _ traits: Traits = [],
        alias: String? = nil
    ) {
        self.init(section, name, kind.optional, place, traits, alias: alias)
    }
}

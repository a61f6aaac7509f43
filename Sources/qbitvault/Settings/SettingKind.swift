import SystemPackage

/// How one sort of value is read, and what to call it when something else stands there.
struct SettingKind<Value: Sendable>: Sendable {
    let expected: String
    /// Whether the environment holds it as YAML, because it is a list or a mapping.
    let isStructured: Bool
    /// Nil if the node is something else.
    let read: @Sendable (YamlNode, PathBase) -> Value?
    /// What is wrong with a node that `read` does not take, where more can be said than what is expected.
    let flaw: @Sendable (YamlNode) -> SettingFlaw?

    init(
        _ expected: String, isStructured: Bool = false,
        flaw: @escaping @Sendable (YamlNode) -> SettingFlaw? = { _ in nil },
        read: @escaping @Sendable (YamlNode, PathBase) -> Value?
    ) {
        self.expected = expected
        self.isStructured = isStructured
        self.read = read
        self.flaw = flaw
    }

    /// A value of one word or line; `read` gets its text.
    static func scalar(_ expected: String, read: @escaping @Sendable (String) -> Value?) -> Self {
        Self(expected) { node, _ in
            guard case .scalar(let text, _) = node.content else { return nil }
            return read(text)
        }
    }

    /// The same, but quoted it would be text.
    static func plain(_ expected: String, read: @escaping @Sendable (String) -> Value?) -> Self {
        Self(expected) { node, _ in
            guard case .scalar(let text, plain: true) = node.content else { return nil }
            return read(text)
        }
    }

    /// The same for a place that may also hold nothing.
    var optional: SettingKind<Value?> {
        SettingKind<Value?>(
            expected, isStructured: isStructured, flaw: flaw,
            read: { node, base in read(node, base).map(Optional.some) })
    }
}

/// What is wrong with a part of a value, and where that part stands.
struct SettingFlaw: Hashable, Sendable {
    let code: SettingsError.Code
    let position: YamlPosition
}

/// What the names of files in the settings are relative to.
struct PathBase: Hashable, Sendable {
    /// The folder of the configuration file; empty for the working folder.
    let folder: FilePath
    /// What `~/` stands for; nil where nobody knows.
    let home: FilePath?

    /// Nil for an empty name, one with a NUL, and a `~` that cannot be replaced.
    func resolve(_ text: String) -> FilePath? {
        guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
        guard text.hasPrefix("~") else { return folder.pushing(FilePath(text)) }
        guard text.hasPrefix("~/"), let home else { return nil }
        return home.pushing(FilePath(String(text.dropFirst(2))))
    }
}

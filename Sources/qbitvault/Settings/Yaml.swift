/// A value in a YAML document, and where it stands.
struct YamlNode: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case null
        /// `plain` is false for quoted text and for blocks: those are text, whatever they look like.
        case scalar(String, plain: Bool)
        case sequence([YamlNode])
        /// In the order of the document; no key occurs twice.
        case mapping([YamlEntry])
    }

    let content: Content
    let position: YamlPosition
}

/// One `key: value` of a mapping.
struct YamlEntry: Hashable, Sendable {
    let key: String
    /// Where the key stands.
    let position: YamlPosition
    let value: YamlNode
}

/// A place in a document, both counted from one.
struct YamlPosition: Hashable, Sendable {
    let line: Int
    let column: Int

    static let start = YamlPosition(line: 1, column: 1)
}

/// Why a document was refused. Never holds a value.
struct YamlError: Error, Hashable {
    enum Code: Hashable, Sendable {
        /// Not YAML; libyaml's own words, which never quote the document.
        case syntax(String)
        case notUTF8
        case duplicateKey(String, firstLine: Int)
        /// A mapping or list stands where a key belongs.
        case keyNotText
        /// Anchors, aliases and tags say more than a settings file needs.
        case anchor, alias, tag
        case severalDocuments
        case tooDeep(limit: Int)
        case tooLarge(limit: Int)
    }

    let code: Code
    let position: YamlPosition

    init(_ code: Code, at position: YamlPosition) {
        self.code = code
        self.position = position
    }
}

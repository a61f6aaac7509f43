/// Grows a tree out of the events of one document.
struct YamlTree {
    /// The document's value, as soon as it is whole.
    private(set) var root: YamlNode?
    private let deepest: Int
    /// The collections that have begun and not ended, the innermost last.
    private var open: [Collection] = []
    private var documents = 0

    private struct Collection {
        let position: YamlPosition
        var isMapping: Bool
        var items: [YamlNode] = []
        var entries: [YamlEntry] = []
        /// The line of each key so far.
        var lines: [String: Int] = [:]
        /// A key whose value has not come yet.
        var key: (text: String, position: YamlPosition)?

        var wantsKey: Bool { isMapping && key == nil }
        var node: YamlNode {
            YamlNode(content: isMapping ? .mapping(entries) : .sequence(items), position: position)
        }
    }

    init(deepest: Int) { self.deepest = deepest }

    mutating func take(_ event: YamlEvent, at position: YamlPosition) throws(YamlError) {
        switch event {
        case .documentStart:
            documents += 1
            guard documents == 1 else { throw YamlError(.severalDocuments, at: position) }
        case .scalar(let text, _) where open.last?.wantsKey == true: try begin(key: text, at: position)
        case .scalar(let text, let plain):
            let isNull = plain && ["", "~", "null", "Null", "NULL"].contains(text)
            place(YamlNode(content: isNull ? .null : .scalar(text, plain: plain), position: position))
        case .sequenceStart: try begin(Collection(position: position, isMapping: false))
        case .mappingStart: try begin(Collection(position: position, isMapping: true))
        case .collectionEnd:
            if let ended = open.popLast() { place(ended.node) }
        }
    }

    private mutating func begin(_ collection: Collection) throws(YamlError) {
        if open.last?.wantsKey == true { throw YamlError(.keyNotText, at: collection.position) }
        guard open.count < deepest else { throw YamlError(.tooDeep(limit: deepest), at: collection.position) }
        open.append(collection)
    }

    private mutating func begin(key: String, at position: YamlPosition) throws(YamlError) {
        let innermost = open.count - 1
        if let first = open[innermost].lines.updateValue(position.line, forKey: key) {
            throw YamlError(.duplicateKey(key, firstLine: first), at: position)
        }
        open[innermost].key = (key, position)
    }

    /// Puts a whole value where it belongs: into the innermost open collection, or at the root.
    private mutating func place(_ node: YamlNode) {
        guard let innermost = open.indices.last else {
            root = node
            return
        }
        if let key = open[innermost].key {
            open[innermost].entries.append(YamlEntry(key: key.text, position: key.position, value: node))
            open[innermost].key = nil
        } else {
            open[innermost].items.append(node)
        }
    }
}

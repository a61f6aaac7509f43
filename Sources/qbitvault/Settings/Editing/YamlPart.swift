/// A value in a document, and which of the document's Unicode scalars it consists of.
struct YamlPart {
    enum Content {
        case scalar
        /// Empty, or a word that means nothing.
        case null
        case list([YamlPart])
        case mapping([Entry])
    }

    struct Entry {
        let key: String
        let keyRange: Range<Int>
        let value: YamlPart
    }

    let content: Content
    /// Of a list or mapping that is written without brackets, only the beginning counts.
    let range: Range<Int>

    /// The value of a key; nil where this is no mapping, or has no such key.
    func entry(_ key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }

    var isNull: Bool { if case .null = content { true } else { false } }
}

extension YamlPart {
    /// Nil for a document without any value.
    ///
    /// - Parameter bytes: what `YamlReader` takes.
    static func read(_ bytes: [UInt8]) throws(YamlError) -> YamlPart? {
        var reader = Reader()
        try YamlEvents.each(in: bytes) { event, _, range throws(YamlError) in
            if case .documentStart = event { return }
            reader.events.append((event, range))
        }
        return reader.next()
    }

    private struct Reader {
        var events: [(event: YamlEvent, range: Range<Int>)] = []
        private var position = 0

        /// Nil at the end of a collection, and of the document.
        mutating func next() -> YamlPart? {
            guard position < events.count else { return nil }
            let (event, range) = events[position]
            position += 1
            switch event {
            case .documentStart, .collectionEnd: return nil
            case .scalar(let text, let plain):
                let isNull = plain && ["", "~", "null", "Null", "NULL"].contains(text)
                return YamlPart(content: isNull ? .null : .scalar, range: range)
            case .sequenceStart:
                var items: [YamlPart] = []
                while let item = next() { items.append(item) }
                return YamlPart(content: .list(items), range: range.lowerBound..<end)
            case .mappingStart:
                var entries: [Entry] = []
                while let (key, keyRange) = key(), let value = next() {
                    entries.append(Entry(key: key, keyRange: keyRange, value: value))
                }
                return YamlPart(content: .mapping(entries), range: range.lowerBound..<end)
            }
        }

        /// Nil at the end of a mapping.
        private mutating func key() -> (String, Range<Int>)? {
            guard position < events.count else { return nil }
            defer { position += 1 }
            guard case .scalar(let text, _) = events[position].event else { return nil }
            return (text, events[position].range)
        }

        /// Of the collection whose last event was taken just now.
        private var end: Int { events[position - 1].range.upperBound }
    }
}

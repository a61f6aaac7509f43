import CYaml

/// What libyaml finds on its way through a document.
enum YamlEvent {
    case documentStart
    case scalar(String, plain: Bool)
    case sequenceStart
    case mappingStart
    case collectionEnd
}

/// The one place that knows libyaml.
enum YamlEvents {
    /// Hands each event of `bytes`, which are UTF-8, to `body`, and where it stands: line and column of its beginning, and
    /// the Unicode scalars that it consists of.
    static func each(
        in bytes: [UInt8], _ body: (YamlEvent, YamlPosition, Range<Int>) throws(YamlError) -> Void
    ) throws(YamlError) {
        // libyaml keeps the parser's own address inside it, so it must not move.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { unsafe parser.deallocate() }
        guard unsafe yaml_parser_initialize(parser) == 1 else { fatalError("no memory left to read settings") }
        defer { unsafe yaml_parser_delete(parser) }
        try unsafe bytes.withUnsafeBufferPointer { input throws(YamlError) in
            unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
            while try unsafe next(of: parser, in: bytes, body) {}
        }
    }

    /// False at the end.
    private static func next(
        of parser: UnsafeMutablePointer<yaml_parser_t>, in bytes: [UInt8],
        _ body: (YamlEvent, YamlPosition, Range<Int>) throws(YamlError) -> Void
    ) throws(YamlError) -> Bool {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw unsafe problem(of: parser.pointee, in: bytes) }
        defer { unsafe yaml_event_delete(&event) }
        let position = unsafe YamlPosition(event.start_mark)
        let (start, end) = unsafe (Int(event.start_mark.index), Int(event.end_mark.index))
        let range = start..<max(start, end)
        let data = unsafe event.data
        switch unsafe event.type {
        case YAML_STREAM_END_EVENT: return false
        case YAML_DOCUMENT_START_EVENT: try body(.documentStart, position, range)
        case YAML_ALIAS_EVENT: throw YamlError(.alias, at: position)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe data.scalar
            try unsafe refuse(anchor: scalar.anchor, tag: scalar.tag, at: position)
            let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let plain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
            try body(.scalar(unsafe String(decoding: text, as: UTF8.self), plain: plain), position, range)
        case YAML_SEQUENCE_START_EVENT:
            try unsafe refuse(anchor: data.sequence_start.anchor, tag: data.sequence_start.tag, at: position)
            try body(.sequenceStart, position, range)
        case YAML_MAPPING_START_EVENT:
            try unsafe refuse(anchor: data.mapping_start.anchor, tag: data.mapping_start.tag, at: position)
            try body(.mappingStart, position, range)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: try body(.collectionEnd, position, range)
        default: break
        }
        return true
    }

    private static func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at position: YamlPosition
    ) throws(YamlError) {
        if unsafe anchor != nil { throw YamlError(.anchor, at: position) }
        if unsafe tag != nil { throw YamlError(.tag, at: position) }
    }

    private static func problem(of parser: yaml_parser_t, in bytes: [UInt8]) -> YamlError {
        let words = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not YAML"
        // A reader error (a control character) has an offset and no mark.
        let position =
            unsafe parser.error == YAML_READER_ERROR
            ? unsafe YamlReader.position(of: parser.problem_offset, in: bytes)
            : unsafe YamlPosition(parser.problem_mark)
        return YamlError(.syntax(words), at: position)
    }
}

extension YamlPosition {
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}

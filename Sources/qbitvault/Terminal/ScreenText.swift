import QBittorrentClient

/// Text from elsewhere, made harmless for a terminal: nothing in it moves the cursor, changes colours or the direction
/// of reading. It ends with a newline, unless it is empty.
struct ScreenText {
    let bytes: [UInt8]

    /// Nil for what is no text: not UTF-8, or with a zero byte.
    init?(_ content: [UInt8]) {
        guard let text = String(validating: content, as: UTF8.self), !content.contains(0) else { return nil }
        let scalars = text.unicodeScalars.map { $0 == "\n" || $0 == "\t" || $0.isHarmless ? $0 : "\u{fffd}" }
        let ending = scalars.last == nil || scalars.last == "\n" ? "" : "\n"
        bytes = Array((String(String.UnicodeScalarView(scalars)) + ending).utf8)
    }
}

extension Unicode.Scalar {
    /// Whether it may be shown to people when it comes from elsewhere: it neither moves a terminal's cursor nor changes
    /// colours, lines or the direction of reading, and is not there without being seen.
    ///
    /// The two joiners may stand: they make one picture of several, and are a part of words in some languages.
    package var isHarmless: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        case .format: self == "\u{200c}" || self == "\u{200d}"
        default: true
        }
    }
}

extension ServerError.Code {
    /// Any answer that has no meaning of its own.
    static func unexpected(_ answer: Response) -> Self {
        .answered(status: answer.status, text: answer.isHTML ? "" : answer.excerpt)
    }
}

extension Response {
    /// The beginning of the body, fit to be shown: one line, no control or invisible characters, at most 200.
    var excerpt: String {
        let scalars = String(decoding: body.prefix(1000), as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: Unicode.Scalar(" ")
            case .format, .surrogate, .privateUse, .unassigned: Unicode.Scalar("\u{FFFD}")
            default: scalar
            }
        }
        let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
        return String(words.joined(separator: " ").prefix(200))
    }
}

import TorrentCreation

extension MetainfoError {
    /// Without a full stop.
    var sentence: String { "\(code.words), at byte \(offset)" }
}

extension MetainfoError.Code {
    fileprivate var words: String {
        switch self {
        case .tooLarge(let limit): "it has more than \(limit) bytes"
        case .tooDeep(let limit): "it is nested deeper than \(limit)"
        case .tooManyValues(let limit): "it has more than \(limit) values"
        case .truncated: "it ends too early"
        case .unexpectedByte(let byte): "there is a byte (\(byte)) that no value can have there"
        case .notCanonical: "a number is written as no number is"
        case .numberTooLarge: "a number is too large"
        case .keyNotString: "a key is not a string"
        case .keysNotSorted: "keys are not in their order, or there twice"
        case .valueMissing: "a key has no value"
        case .trailingBytes: "something follows its end"
        case .missing(let key): "\(key) is missing"
        case .wrongType(""): "the outermost value is not a dictionary"
        case .wrongType(let key): "\(key) is of another type"
        case .notText(let key): "\(key) is not UTF-8"
        case .outOfRange(let key): "\(key) makes no sense"
        case .unsafeName: "a name is empty, leads out of its folder or holds a slash"
        case .noFiles: "it names no file"
        case .unknownVersion(let version): "its version, \(version), is not known"
        case .pieceCount(let expected, let found): "its files need \(expected) piece hashes, and there are \(found)"
        case .pieceLayer(let file): "the piece hashes of file \(file + 1) are missing or wrong"
        case .halvesDiffer(let file): "its two halves differ in file \(file + 1)"
        }
    }
}

/// Why bytes are not a sound torrent, and where in them that was seen.
package struct MetainfoError: Error, Hashable {
    package enum Code: Hashable, Sendable {
        // The encoding.

        /// More bytes than the limit.
        case tooLarge(limit: Int)
        /// Containers within containers beyond the limit.
        case tooDeep(limit: Int)
        /// More values than the limit.
        case tooManyValues(limit: Int)
        /// The bytes end inside a value.
        case truncated
        /// A byte that no value can have there.
        case unexpectedByte(UInt8)
        /// A number with leading zeros, a negative zero, or no digits.
        case notCanonical
        /// A number that does not fit 64 bits, or a length beyond all bytes.
        case numberTooLarge
        /// A dictionary's key is not a string.
        case keyNotString
        /// A key that does not come after the one before it; the same key twice is one kind of that.
        case keysNotSorted
        /// A key without a value.
        case valueMissing
        /// Something follows the value.
        case trailingBytes

        // The meaning.

        /// A key that must be there is not.
        case missing(key: String)
        /// Another type of value than this key has.
        case wrongType(key: String)
        /// Not UTF-8.
        case notText(key: String)
        /// A number that makes no sense for this key.
        case outOfRange(key: String)
        /// A file's or the torrent's name that is empty, `.`, `..`, or holds a slash or NUL.
        case unsafeName
        /// The torrent names no file.
        case noFiles
        /// A meta version that is not 1 or 2.
        case unknownVersion(Int64)
        /// As many piece hashes were expected for these files, and as many found.
        case pieceCount(expected: Int, found: Int)
        /// A file of more than one piece without its layer of piece hashes, or with one of the wrong size or root.
        case pieceLayer(file: Int)
        /// The v1 and v2 halves of a hybrid torrent describe different files. The number counts files from 0,
        /// padding left out.
        case halvesDiffer(file: Int)
    }

    package let code: Code
    /// Counted in bytes from the beginning.
    package let offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

/// Why a torrent cannot be made with a parameter. Says which, and never repeats an address: it may hold a passkey.
package struct ParameterError: Error, Hashable {
    package enum Code: Hashable, Sendable {
        case empty
        /// Not a number with a unit of bytes.
        case notASize
        /// Bytes that are not a power of two.
        case notPowerOfTwo(Int)
        case outOfRange(Int, allowed: ClosedRange<Int>)
        /// No `scheme://` in front.
        case noScheme
        case unknownScheme(allowed: [String])
        case noHost
        /// Not a host's name or address.
        case badHost
        case badPort
        /// A space, tab, line break or other character that cannot be seen.
        case holdsBlank
        /// `|`, which separates addresses on the way to the server.
        case holdsSeparator
        case holdsNUL
    }

    /// A parameter. Tiers and places are counted from 0.
    package enum Field: Hashable, Sendable {
        case pieceSize, paddedFileSizeLimit, comment, source
        case tracker(tier: Int, place: Int)
        case webSeed(place: Int)
    }

    package let code: Code
    package let field: Field

    package init(_ code: Code, in field: Field) {
        self.code = code
        self.field = field
    }
}

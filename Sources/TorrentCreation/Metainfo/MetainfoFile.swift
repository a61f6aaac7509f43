/// A file as a torrent names it.
package struct MetainfoFile: Hashable, Sendable {
    /// Its folders and its name below the torrent's own folder, with slashes between them. For a torrent of one file,
    /// that file's name.
    package let path: String
    /// In bytes.
    package let length: Int64
    package let attributes: Attributes

    /// Zeros between files that let the next one begin with a piece. Not there on disk.
    package var isPadding: Bool { attributes.contains(.padding) }

    /// Path and length are equal byte for byte, which is stricter than `==` is for text.
    func isSame(as other: MetainfoFile) -> Bool {
        length == other.length && path.hasSameBytes(as: other.path)
    }

    /// The letters of `attr` (BEP 47).
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package static let padding = Attributes(rawValue: 1)
        package static let executable = Attributes(rawValue: 2)
        package static let hidden = Attributes(rawValue: 4)
        package static let symbolicLink = Attributes(rawValue: 8)

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Letters that are not known mean nothing, as BEP 47 wants it.
        init(letters: String) {
            self = letters.utf8.reduce(into: []) { all, letter in
                switch letter {
                case UInt8(ascii: "p"): all.insert(.padding)
                case UInt8(ascii: "x"): all.insert(.executable)
                case UInt8(ascii: "h"): all.insert(.hidden)
                case UInt8(ascii: "l"): all.insert(.symbolicLink)
                default: break
                }
            }
        }
    }
}

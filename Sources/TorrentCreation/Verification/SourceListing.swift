package import SystemPackage

/// What is known here about the files that a torrent was made of.
package enum SourceListing: Hashable, Sendable {
    /// The files, in any order.
    case files([SourceFile])
    /// The source, or something inside it, cannot be read here.
    case unreadable(FilePath, Errno)
    /// The source was named as the server sees it, and nothing is known here.
    case elsewhere

    /// Lists the files that a server takes from `source`: a file, or a folder and all below it.
    ///
    /// As observed on 5.1.0 and 5.3.0: empty files and links to files are taken. Of a folder behind a link the files
    /// directly in it are, and no folder further down. Pipes, sockets, devices and broken links are passed over. With
    /// `ignoringDotfiles`, a file is left out if its own name or that of the folder it is in begins with a dot; a
    /// plain folder inside a dot folder is taken all the same. How the source itself is called does not matter.
    package static func read(_ source: FilePath, ignoringDotfiles: Bool) -> SourceListing {
        var reader = SourceReader(root: source, ignoresDotfiles: ignoringDotfiles)
        do throws(SourceReader.Failure) {
            return .files(try reader.read())
        } catch {
            return .unreadable(error.path, error.code)
        }
    }
}

/// A file on this machine.
package struct SourceFile: Hashable, Sendable {
    /// Below the source folder, with slashes; for a source of one file, its name.
    package let path: String
    /// In bytes.
    package let size: Int64

    package init(path: String, size: Int64) {
        self.path = path
        self.size = size
    }
}

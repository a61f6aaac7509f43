import Crypto
import Glibc
import SystemPackage

/// By what files are known to be unchanged: their names, sizes and times of change, as `make` and `rsync` judge too.
enum SourceFingerprint {
    /// Nil where the files cannot be seen from here.
    ///
    /// - Parameter root: what the listing was read from.
    static func of(_ listing: SourceListing, at root: FilePath) -> String? {
        guard case .files(let files) = listing, let source = try? root.stat() else { return nil }
        var hash = SHA256()
        for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
            guard let stamp = source.type == .directory ? try? root.appending(file.path).stat() : source else {
                return nil
            }
            let time = stamp.st_mtim
            let line = "\(file.path.utf8.count):\(file.path) \(file.size) \(time.tv_sec).\(time.tv_nsec)\n"
            hash.update(data: Array(line.utf8))
        }
        return Array(hash.finalize()).hexadecimal
    }
}

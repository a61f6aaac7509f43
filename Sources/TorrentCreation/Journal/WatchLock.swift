package import SecureFiles
package import SystemPackage

/// Held by a run that makes a torrent of every entry of a folder: two at the same time would make each of them twice.
package final class WatchLock: Sendable {
    private let lock: FileLock

    fileprivate init(_ lock: consuming FileLock) { self.lock = lock }
}

extension CreationMemory {
    /// - Parameter folder: what is watched, absolute.
    /// - Throws: `FileError.Code.busy` while another run is at the same folder for the same server.
    package func lock(watching folder: FilePath) throws(FileError) -> WatchLock {
        var name = KeyedHash(key: [])
        name.add([server, (PathMap.realPath(of: folder) ?? folder).string])
        let path = self.folder.appending("watch-\(name.finish().prefix(16)).lock")
        return WatchLock(try FileLock(path, holder: "create --each \(folder)", patience: .zero))
    }
}

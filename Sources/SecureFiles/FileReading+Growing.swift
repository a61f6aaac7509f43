package import Secrets
package import SystemPackage

extension FileReading {
    /// Everything that a descriptor still has, in guarded memory that grows with it: for what may be small or large.
    ///
    /// - Parameters:
    ///   - path: what errors call it.
    ///   - limit: the most bytes it may hold.
    package static func growingSecret(
        from file: FileDescriptor, named path: FilePath, limit: Int
    ) throws(FileError) -> Secret {
        var all = Secret(capacity: 0) { _ in }
        // One more than a file holds, so that its end is seen in the first round.
        var room = max(64 << 10, Int(clamping: ((try? file.stat())?.size ?? 0)) + 1)
        while true {
            room = min(room, limit + 1 - all.count)
            let next = try part(of: file, named: path, room: room)
            let isEnd = next.count < room
            all = all.isEmpty ? next : Secret.joining(all, next)
            guard all.count <= limit else { throw FileError(.tooLarge(limit: limit), at: path) }
            if isEnd { return all }
            room = all.count
        }
    }

    private static func part(
        of file: FileDescriptor, named path: FilePath, room: Int
    ) throws(FileError) -> Secret {
        try Secret(capacity: room) { out throws(FileError) in
            try unsafe out.withUnsafeMutableBytes { room, used throws(FileError) in
                used = try unsafe fill(room, from: file, named: path)
            }
        }
    }
}

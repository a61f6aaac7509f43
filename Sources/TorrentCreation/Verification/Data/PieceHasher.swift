import Crypto
import SystemPackage

/// Hashes pieces, one after another, with one buffer. For one thread.
struct PieceHasher: ~Copyable {
    private let root: FilePath
    /// Whether the source is one file, whose name in the torrent is that of the torrent itself.
    private let isFile: Bool
    private var buffer: [UInt8]
    /// The file that was read last, which mostly is the next one too.
    private var open: (path: String, file: FileDescriptor)?

    /// A multiple of the 16 KiB that version 2 hashes by.
    private static let bufferSize = 1 << 20
    private static let block = 1 << 14

    init(root: FilePath, isFile: Bool) {
        self.root = root
        self.isFile = isFile
        buffer = [UInt8](repeating: 0, count: Self.bufferSize)
    }

    deinit { try? open?.file.close() }

    struct Failure: Error {
        let path: FilePath
        let code: Errno
    }

    /// Whether the bytes on disk are what the torrent says. A file that is shorter is not.
    mutating func isRight(_ piece: DataHashes.Piece) throws(Failure) -> Bool {
        var sha1 = Insecure.SHA1()
        var leaves: [UInt8] = []
        for (index, segment) in piece.segments.enumerated() {
            var done = 0
            while done < segment.length {
                let count = min(Self.bufferSize, segment.length - done)
                guard try fill(count, segment, done) else { return false }
                if piece.sha1 != nil { sha1.update(data: buffer[..<count]) }
                if index == 0, piece.tree != nil { Self.add(buffer[..<count], to: &leaves) }
                done += count
            }
        }
        if let expected = piece.sha1, !sha1.finalize().elementsEqual(expected) { return false }
        guard let tree = piece.tree else { return piece.sha1 != nil }
        return Self.root(of: leaves, leaves: tree.leaves).elementsEqual(tree.hash)
    }

    /// False where the file ends before.
    private mutating func fill(_ count: Int, _ segment: DataHashes.Segment, _ done: Int) throws(Failure) -> Bool {
        guard let path = segment.path else {
            for place in 0..<count { buffer[place] = 0 }
            return true
        }
        let file = try descriptor(of: path)
        var filled = 0
        while filled < count {
            let read: Int
            do {
                read = try unsafe buffer.withUnsafeMutableBytes { room in
                    try unsafe file.read(
                        fromAbsoluteOffset: segment.offset + Int64(done + filled),
                        into: UnsafeMutableRawBufferPointer(rebasing: room[filled..<count]))
                }
            } catch { throw Failure(path: place(of: path), code: error as? Errno ?? .ioError) }
            if read == 0 { return false }
            filled += read
        }
        return true
    }

    private func place(of path: String) -> FilePath { isFile ? root : root.appending(path) }

    private mutating func descriptor(of path: String) throws(Failure) -> FileDescriptor {
        if let open, open.path.hasSameBytes(as: path) { return open.file }
        try? open?.file.close()
        open = nil
        do {
            let file = try FileDescriptor.open(place(of: path), .readOnly, options: [.closeOnExec, .nonBlocking])
            open = (path, file)
            return file
        } catch { throw Failure(path: place(of: path), code: error as? Errno ?? .ioError) }
    }

    /// A hash for each 16 KiB; the last block of a file may be shorter (BEP 52).
    private static func add(_ bytes: ArraySlice<UInt8>, to leaves: inout [UInt8]) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = min(start + block, bytes.endIndex)
            leaves += SHA256.hash(data: bytes[start..<end])
            start = end
        }
    }

    /// The root of the Merkle tree over leaves; those beyond the end of the file are zeros (BEP 52).
    ///
    /// - Parameter count: of leaves; 0 stands for the next power of two.
    private static func root(of hashes: [UInt8], leaves count: Int) -> [UInt8] {
        var width = 1
        while width < max(count, hashes.count / 32) { width *= 2 }
        var layer = hashes + [UInt8](repeating: 0, count: width * 32 - hashes.count)
        while layer.count > 32 {
            var above: [UInt8] = []
            above.reserveCapacity(layer.count / 2)
            for start in stride(from: 0, to: layer.count, by: 64) {
                above += SHA256.hash(data: layer[start..<start + 64])
            }
            layer = above
        }
        return layer
    }
}

import FoundationEssentials
import Glibc
import Synchronization
package import SystemPackage

/// What hashing the files has shown.
package enum DataCheck: Hashable, Sendable {
    case sound
    /// The first piece that was found to differ, and the file that it begins in.
    case different(path: String, piece: Int)
    case unreadable(FilePath, Errno)
    case cancelled

    /// Hashes every piece, on all cores, on threads that nobody else waits for.
    ///
    /// - Parameters:
    ///   - torrent: a .torrent file that was read as `metainfo`.
    ///   - root: the source.
    package static func run(
        _ torrent: [UInt8], _ metainfo: Metainfo, against root: FilePath
    ) async throws(MetainfoError) -> DataCheck {
        let hashes = try DataHashes(torrent, metainfo)
        let isFile = (try? root.stat())?.type == .regular
        let state = State()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let count = max(1, min(ProcessInfo.processInfo.activeProcessorCount, hashes.count))
                let left = Countdown(count)
                for _ in 0..<count {
                    Self.onThread {
                        state.work(hashes, root, isFile: isFile)
                        if left.isLast() { continuation.resume(returning: state.verdict) }
                    }
                }
            }
        } onCancel: {
            state.cancel()
        }
    }

    /// Not Swift's own threads, nor those of Dispatch, which it takes its own from: whoever looks at the server's other
    /// tasks needs them. Where there is no thread, the work is done at once.
    private static func onThread(_ work: @escaping @Sendable () -> Void) {
        final class Box { let run: () -> Void; init(_ run: @escaping () -> Void) { self.run = run } }
        let context = unsafe Unmanaged.passRetained(Box(work))
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        if failure == 0 { pthread_detach(thread) } else { unsafe context.takeRetainedValue().run() }
    }

    /// Tells the last of several threads.
    private final class Countdown: Sendable {
        private let left: Atomic<Int>

        init(_ count: Int) { left = Atomic(count) }

        func isLast() -> Bool { left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
    }

    /// What the threads share.
    private final class State: Sendable {
        private let next = Atomic(0)
        private let isOver = Atomic(false)
        private let worst = Mutex<(index: Int, check: DataCheck)?>(nil)

        var verdict: DataCheck { worst.withLock { $0?.check } ?? .sound }

        func cancel() { note(.cancelled, at: -1) }

        func work(_ hashes: DataHashes, _ root: FilePath, isFile: Bool) {
            var hasher = PieceHasher(root: root, isFile: isFile)
            while !isOver.load(ordering: .relaxed) {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < hashes.count else { return }
                let piece = hashes.piece(index)
                do throws(PieceHasher.Failure) {
                    if try hasher.isRight(piece) { continue }
                    let path = piece.segments.first { $0.path != nil }?.path ?? ""
                    note(.different(path: path, piece: piece.number), at: index)
                } catch { note(.unreadable(error.path, error.code), at: index) }
            }
        }

        /// The first in the torrent's order, of those that were found before all stopped.
        private func note(_ check: DataCheck, at index: Int) {
            worst.withLock { worst in
                if index < worst?.index ?? .max { worst = (index, check) }
            }
            isOver.store(true, ordering: .relaxed)
        }
    }
}

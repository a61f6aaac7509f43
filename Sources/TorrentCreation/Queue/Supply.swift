package import SystemPackage

/// A source, as somebody wants it made.
package enum Supplied: Sendable {
    case order(TorrentOrder)
    /// Looked at before, and found in order.
    case checked(CheckedOrder)
    /// It cannot be ordered: the path cannot be mapped, the name cannot be read.
    case failed(source: FilePath, any Error)
}

/// Sources, one after another; asked for the next one when there is room for it. Nil is the end.
package typealias Supply = @Sendable () async -> Supplied?

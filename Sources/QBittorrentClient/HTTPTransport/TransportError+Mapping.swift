import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension TransportError {
    /// What an error of AsyncHTTPClient, NIO or BoringSSL means here.
    ///
    /// - Parameter limit: the answer's limit that was asked for, in bytes.
    init(_ error: any Error, limit: Int) {
        switch error {
        case let error as TransportError: self = error
        case is CancellationError: self = .cancelled
        case is DeadlinePassed: self = .timedOut
        case is NIOTooManyBytesError: self = .tooLarge(limit: limit)
        case HTTPParserError.invalidEOFState: self = .unreachable(.closed)
        case HTTPParserError.headerOverflow: self = .headTooLarge
        case is HTTPParserError: self = .notHTTP
        case let error as HTTPClientError: self = Self.of(error)
        case let error as IOError: self = .unreachable(Unreachable(errno: error.errnoCode))
        case let error as NIOConnectionError: self = .unreachable(Unreachable(error))
        case ChannelError.connectTimeout: self = .unreachable(.connectTimedOut)
        case is ChannelError: self = .unreachable(.closed)
        default: self = TLSProblem(error).map(Self.tls) ?? .unreachable(.closed)
        }
    }

    /// The same, of a connection that was lost after an answer had begun.
    var inTheMiddleOfAnAnswer: TransportError { self == .unreachable(.closed) ? .unreachable(.brokenOff) : self }

    private static func of(_ error: HTTPClientError) -> TransportError {
        switch error {
        case .cancelled: .cancelled
        case .connectTimeout: .unreachable(.connectTimedOut)
        // Told apart only behind a proxy.
        case .tlsHandshakeTimeout: .tls(.silent)
        case .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout: .timedOut
        default: .unreachable(.closed)
        }
    }
}

extension Unreachable {
    fileprivate init(errno: CInt) {
        switch errno {
        case ECONNREFUSED: self = .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EACCES, EPERM: self = .noRoute
        default: self = .closed
        }
    }

    /// Of a name, all of whose addresses were tried.
    fileprivate init(_ error: NIOConnectionError) {
        guard let first = error.connectionErrors.first?.error else {
            self = .unknownHost
            return
        }
        self = (first as? IOError).map { Unreachable(errno: $0.errnoCode) } ?? .connectTimedOut
    }
}

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The way to a server over HTTP/1.1, by AsyncHTTPClient.
///
/// Scheme and host never change on the way: redirects are not followed. Bodies always carry their length, because the
/// server refuses chunked ones (observed).
package final class HTTPTransport: Transport {
    private let client: HTTPClient
    let server: Server
    let settings: Settings
    let setup: ConnectionSetup
    private let headers: HeaderLog
    /// Whether anything has answered, or has been looked at more closely.
    let isKnown = Atomic(false)

    /// Nothing is sent yet; `close` must be called in the end.
    package init(to server: Server, _ settings: Settings = Settings()) throws(TransportError) {
        setup = ConnectionSetup(pin: server.scheme == .https ? settings.pin : nil)
        client = HTTPClient(
            eventLoopGroupProvider: .shared(Self.loop), configuration: try settings.configuration(for: server, setup))
        self.server = server
        self.settings = settings
        headers = HeaderLog(settings.logger)
    }

    /// Opens a transport for the time that `body` takes.
    package static func with<R>(
        to server: Server,
        _ settings: Settings = Settings(),
        _ body: (HTTPTransport) async throws -> R
    ) async throws -> R {
        let transport = try HTTPTransport(to: server, settings)
        do {
            let result = try await body(transport)
            await transport.close()
            return result
        } catch {
            await transport.close()
            throw error
        }
    }

    /// The address of this machine that the last connection began at, such as `127.0.0.1`. Nil before the first, and
    /// through a proxy, whose address it is that the server sees.
    package var localAddress: String? {
        settings.proxy == nil || server.isLoopback ? setup.localAddress : nil
    }

    /// Closes all connections.
    package func close() async { try? await client.shutdown() }

    package func send(_ request: Request) async throws(TransportError) -> Response {
        let secretHeaders = settings.headers + request.secretHeaders
        setup.register(secretHeaders)
        defer { setup.unregister(secretHeaders) }
        let prepared = prepare(request)
        let (client, headers, limit) = (client, headers, request.answerLimit)
        // A body is wiped when its last owner lets go of it, which must not be while it is on its way.
        defer { withExtendedLifetime(request) {} }
        let response: Response
        do {
            response = try await within(request.deadline ?? settings.deadline) {
                headers.sent(prepared.headers)
                let answer = try await client.execute(prepared, deadline: .distantFuture)
                headers.received(answer.status, answer.headers)
                do { return Response(answer, body: try await answer.body.collect(upTo: limit)) } catch {
                    throw TransportError(error, limit: limit).inTheMiddleOfAnAnswer
                }
            }
        } catch { throw await explained(TransportError(error, limit: limit), error) }
        try await refuseIfAboutTLS(response)
        return response
    }

    private func prepare(_ request: Request) -> HTTPClientRequest {
        var prepared = HTTPClientRequest(url: server.origin + request.target)
        prepared.method = HTTPMethod(rawValue: request.method.rawValue)
        prepared.headers.add(name: "user-agent", value: "qbitvault")
        if let body = request.body {
            prepared.headers.add(name: "content-type", value: body.contentType)
            prepared.body = .bytes(body.buffer)
        }
        if !request.cookies.isEmpty {
            let pairs = request.cookies.map { "\($0.name)=\($0.value)" }
            prepared.headers.add(name: "cookie", value: pairs.joined(separator: "; "))
        }
        for header in settings.headers + request.secretHeaders {
            prepared.headers.add(name: header.name, value: header.placeholder)
        }
        return prepared
    }

    /// One thread for all servers: faster than two when calls follow each other (measured), and enough.
    static let loop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
}

extension Response {
    fileprivate init(_ answer: HTTPClientResponse, body: ByteBuffer) {
        self.init(
            status: Int(answer.status.code),
            contentType: answer.headers.first(name: "content-type").map { $0.prefix { $0 != ";" }.lowercased() },
            cookies: answer.headers[canonicalForm: "set-cookie"].compactMap { Cookie(setCookie: String($0)) },
            asksForAuthentication: answer.headers.contains(name: "www-authenticate"),
            retryAfter: answer.headers.first(name: "retry-after").flatMap {
                RetryAfter.duration($0, date: answer.headers.first(name: "date"))
            },
            body: Array(body.readableBytesView)
        )
    }
}

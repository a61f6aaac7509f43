import Logging
import NIOHTTP1

/// Tells the headers of requests and answers. What is not known to be harmless is redacted: cookies and keys have many
/// names, and servers and proxies make up more.
struct HeaderLog: Sendable {
    private let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    func sent(_ headers: HTTPHeaders) { log(">", headers) }

    func received(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        logger.trace("< \(status.code)")
        log("<", headers)
    }

    private func log(_ direction: String, _ headers: HTTPHeaders) {
        guard logger.logLevel <= .trace else { return }
        for (name, value) in headers {
            logger.trace("\(direction) \(name): \(Self.harmless.contains(name.lowercased()) ? value : Redaction.mark)")
        }
    }

    private static let harmless: Set<String> = [
        "accept-ranges", "age", "allow", "cache-control", "connection", "content-encoding", "content-length",
        "content-type", "cross-origin-opener-policy", "date", "expires", "keep-alive", "last-modified",
        "referrer-policy", "retry-after", "server", "strict-transport-security", "transfer-encoding", "user-agent",
        "vary", "x-content-type-options", "x-frame-options", "x-xss-protection",
    ]
}

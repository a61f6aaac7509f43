import Secrets
import TestSupport

@testable import QBittorrentClient

extension RealServer {
    /// Makes the server's API key (5.2 and later), signed in with the password. The key before it is dead from then on.
    func makeAPIKey(trusting trust: HTTPTransport.Trust = .system) async throws -> Secret {
        let body = try await signedIn(trusting: trust) { session, _ in
            try await session.accepted(.post("app/rotateAPIKey")).body
        }
        // {"apiKey":"qbt_…"}
        let quoted = body.split(separator: UInt8(ascii: "\""))
        guard quoted.count >= 4 else { throw NoKey() }
        return Secret(copying: quoted[3])
    }

    struct NoKey: Error {}
}

extension Secret {
    /// A key in the server's form that the server does not know.
    static func unknownAPIKey() -> Secret {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        return Secret(copying: "qbt_".utf8 + (0..<28).map { _ in letters[.random(in: letters.indices)] })
    }
}

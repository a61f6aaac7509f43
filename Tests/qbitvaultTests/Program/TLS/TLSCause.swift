import NIOSSL
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// One reason why nothing is sent to a server: what is there, and what is said about it.
struct TLSCause: Sendable, CustomTestStringConvertible {
    let status: ExitStatus
    /// A part of the sentence that no other cause has.
    let words: String
    /// What tells it from another that is told in the same way.
    var detail: String?
    /// Runs a listener of that sort for the duration of the body, which gets its address and what it has heard so far.
    let listening: @Sendable (TestAuthority, (String, () -> [UInt8]) async throws -> Void) async throws -> Void

    var testDescription: String { [words, detail].compactMap(\.self).joined(separator: ", ") }

    static let all = certificates + protocols

    private static let certificates = [
        TLSCause("has expired on 2020-02-01 00:00 UTC", signedAs: ("expired", "IP:127.0.0.1", .expired, false)),
        TLSCause(
            "not valid yet, not before 2090-01-01 00:00 UTC", signedAs: ("early", "IP:127.0.0.1", .notYetValid, false)),
        TLSCause("is for another name: seedbox.example", signedAs: ("other", "DNS:seedbox.example", .current, false)),
        TLSCause("is signed by itself", signedAs: ("itself", "IP:127.0.0.1", .current, true)),
        TLSCause("is signed by CN=stranger", signedBy: "stranger"),
        TLSCause(.tlsVerificationFailed, "above the server's own") { authority, body in
            let middle = try await authority.certificate("middle", for: nil, .expired)
            let own = try await authority.certificate("own", for: "IP:127.0.0.1", by: middle)
            try await listen(try own.followed(by: middle).serving(), body)
        },
    ]

    private static let protocols = [
        TLSCause(.tlsVerificationFailed, "no TLS newer than 1.1") { authority, body in
            var old = try await authority.certificate("old", for: "IP:127.0.0.1").serving()
            (old.minimumTLSVersion, old.maximumTLSVersion) = (.tlsv1, .tlsv11)
            try await listen(old, body)
        },
        TLSCause(.notQBittorrent, "speaks TLS, and was spoken to in plain http") { authority, body in
            let https = try await authority.certificate("good", for: "IP:127.0.0.1").serving()
            try await TLSListener.with(https, answering: TLSListener.wantsLogin) { listener in
                try await body("http://127.0.0.1:\(listener.port)") { listener.received }
            }
        },
        TLSCause(.notQBittorrent, "does not answer to TLS") { _, body in
            try await StandIn.with(.stayMute) { plain in
                try await body("https://127.0.0.1:\(plain.port)") { plain.heard }
            }
        },
        TLSCause(.notQBittorrent, "does not speak TLS") { _, body in
            try await StandIn.with(.answer("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")) { plain in
                try await body("https://127.0.0.1:\(plain.port)") { plain.heard }
            }
        },
        TLSCause(.tlsVerificationFailed, "wants a client certificate, and none is configured") { authority, body in
            let https = try await authority.certificate("good", for: "IP:127.0.0.1")
            try await listen(try https.serving(clientsOf: authority.authority), body)
        },
        TLSCause(.tlsVerificationFailed, "wants a client certificate, and none is configured", "TLS 1.2") {
            authority, body in
            var https = try await authority.certificate("good", for: "IP:127.0.0.1")
                .serving(clientsOf: authority.authority)
            https.maximumTLSVersion = .tlsv12
            try await listen(https, body)
        },
    ]

    private init(
        _ status: ExitStatus, _ words: String, _ detail: String? = nil,
        _ listening:
            @escaping @Sendable (TestAuthority, (String, () -> [UInt8]) async throws -> Void) async throws ->
            Void
    ) {
        self.status = status
        self.words = words
        self.detail = detail
        self.listening = listening
    }

    /// A certificate of the authority that the program is told to trust, or one of its own.
    private init(
        _ words: String, signedAs certificate: (name: String, address: String, age: TestAuthority.Age, itself: Bool)
    ) {
        self.init(.tlsVerificationFailed, words) { authority, body in
            let made = try await authority.certificate(
                certificate.name, for: certificate.address, certificate.age, signsItself: certificate.itself)
            try await Self.listen(try made.serving(), body)
        }
    }

    private init(_ words: String, signedBy stranger: String) {
        self.init(.tlsVerificationFailed, words) { _, body in
            try await TestAuthority.with(named: stranger) { other in
                try await Self.listen(try await other.certificate("good", for: "IP:127.0.0.1").serving(), body)
            }
        }
    }

    private static func listen(
        _ configuration: TLSConfiguration, _ body: (String, () -> [UInt8]) async throws -> Void
    ) async throws {
        try await TLSListener.with(configuration, answering: TLSListener.wantsLogin) { listener in
            try await body(listener.url) { listener.heard + listener.received }
        }
    }
}

import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Whom the program does not talk to: each cause has its sentence and its status, and no password is on the way.
@Suite(.timeLimit(.minutes(2))) struct TLSRefusalTests {
    @Test(arguments: TLSCause.all)
    func aCauseIsToldByItsOwnName(_ cause: TLSCause) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await TestAuthority.with { authority in
                try await cause.listening(authority) { url, heard in
                    let run = try await scene.run(
                        ["check"],
                        environment: scene.trusting(authority, at: url, ["QBITVAULT_CONNECTION_TIMEOUT": "1"]))
                    try run.expectProblem(cause.status)
                    let told: ToldProblem = try run.document()
                    #expect(told.what.contains(cause.words), "\(told.what)")
                    #expect(TLSCause.all.allSatisfy { $0.words == cause.words || !told.what.contains($0.words) })
                    try scene.expectNoLeak(in: run)
                    try scene.expectNoLeak(in: heard())
                }
            }
        }
    }

    /// The listener would answer whoever believes it: what the tests above rest on.
    @Test func theAuthorityIsBelieved() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await TestAuthority.with { authority in
                let good = try await authority.certificate("good", for: "IP:127.0.0.1")
                try await TLSListener.with(try good.serving()) { listener in
                    let run = try await scene.run(["check"], environment: scene.trusting(authority, at: listener.url))
                    #expect(String(decoding: listener.heard, as: UTF8.self).contains("GET /api/v2/app/version"))
                    try run.expectProblem(.notQBittorrent)
                }
            }
        }
    }

    /// Neither is the redirect followed, nor does https become http.
    @Test(arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
    func aRedirectToPlainHTTPLeadsNowhere(_ status: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await TestAuthority.with { authority in
                let good = try await authority.certificate("good", for: "IP:127.0.0.1")
                try await StandIn.with(.answer(TLSListener.wantsLogin)) { plain in
                    let answer =
                        "HTTP/1.1 \(status)\r\nlocation: \(plain.url)/api/v2/app/version\r\ncontent-length: 0\r\n\r\n"
                    try await TLSListener.with(try good.serving(), answering: answer) { listener in
                        let run = try await scene.run(
                            ["check"], environment: scene.trusting(authority, at: listener.url))
                        try run.expectProblem(.notQBittorrent)
                        #expect(plain.calls == 0)
                        #expect(!listener.heard.isEmpty)
                        try scene.expectNoLeak(in: listener.heard)
                    }
                }
            }
        }
    }
}

extension Scene {
    /// What makes a run sign in to `url`, with a made-up password, and believe `authority` alone.
    func trusting(
        _ authority: TestAuthority, at url: String, _ more: [String: String] = [:]
    ) throws -> [String: String] {
        try trust(authority.authority)
        return environment(for: url).merging(more) { $1 }
    }

    /// Names `authorities` in the configuration, beside the keys of a server that stand there already.
    func trust(_ authorities: FilePath) throws {
        let beginning = "qbittorrent: {"
        let bytes = try? Files.bytes(userConfiguration)
        let known = bytes.map { String(decoding: $0, as: UTF8.self) } ?? beginning + "}\n"
        try #require(known.hasPrefix(beginning))
        if known.contains("ca_file: \"\(authorities)\"") { return }
        try configure(beginning + "ca_file: \"\(authorities)\", " + known.dropFirst(beginning.count))
    }
}

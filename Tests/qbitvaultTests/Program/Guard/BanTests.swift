import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// An address that a server has banned, in words that nobody matches.
@Suite(.timeLimit(.minutes(3))) struct BanTests {
    private static let settings = [
        "Preferences/WebUI/MaxAuthenticationFailCount": "2", "Preferences/General/Locale": "de",
    ].merging(Relay.settings) { $1 }

    @Test(arguments: RealServer.Version.allCases)
    func itIsToldWhoIsBannedHowLongAndWhatStillWorks(version: RealServer.Version) async throws {
        try await RealServer.with(version, settings: Self.settings) { server in
            let session = try await ForeignSession(server)
            let key = version == .v5_3 ? try await server.makeAPIKey().text : nil
            try await Relay.with(before: server) { relay in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    for _ in 1...2 {
                        try await scene.run(["check"], environment: scene.environment(for: relay.url))
                            .expectProblem(.credentialsRefused)
                    }
                    var right = scene.environment(for: server)
                    right["QBITVAULT_URL"] = relay.url
                    let banned = try await scene.run(["check"], environment: right)
                    try banned.expectProblem(.addressBanned)
                    let told: ToldProblem = try banned.document()
                    #expect(told.what.contains("127.0.0.1"))
                    #expect(told.place?.contains("first seen 20") == true)
                    let end = told.next?.firstMatch(of: /likely ends by (20\d\d-\d\d-\d\d \d\d:\d\d) UTC/)
                    #expect(end != nil, "\(told.next ?? "")")
                    #expect(told.next?.contains("restart") == true && told.next?.contains("API key") == true)

                    // Known for a minute: nobody is asked, and the same is told.
                    let again = try await scene.run(["check"], environment: right)
                    #expect(again.error == banned.error)
                    #expect(relay.sent("auth/login") == 3)
                    let later = ["faketime", "-f", "+70s"]
                    try await scene.run(["check"], environment: right, by: later).expectProblem(.addressBanned)
                    #expect(relay.sent("auth/login") == 4)
                    #expect(try await session.answer(to: "app/version").hasPrefix("v\(version)"))
                    if let key {
                        let byKey = ["QBITVAULT_URL": relay.url, "QBIT_API_KEY": key]
                        #expect(try await scene.run(["check"], environment: byKey).status == 0)
                    }

                    // As is said, a restart ends it; and --force asks before the minute is over.
                    try await server.restart()
                    let forced = try await scene.run(["check", "--force"], environment: right, by: later)
                    #expect(forced.status == 0, "\(forced.error)")
                    try scene.expectNoLeak(in: banned)
                }
            }
        }
    }

    /// Nobody is told an end that has passed.
    @Test func oneThatLastsLongerThanUsualIsToldSo() async throws {
        let settings = Self.settings.merging(["Preferences/WebUI/BanDuration": "100000"]) { $1 }
        try await RealServer.with(.v5_3, settings: settings) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                for _ in 1...2 {
                    _ = try await scene.run(["check"], environment: scene.environment(for: server, wrong: true))
                }
                let right = scene.environment(for: server)
                try await scene.run(["check"], environment: right).expectProblem(.addressBanned)
                let late = try await scene.run(["check"], environment: right, by: ["faketime", "-f", "+2h"])
                try late.expectProblem(.addressBanned)
                #expect(late.error.contains("longer than the usual hour"))
            }
        }
    }
}

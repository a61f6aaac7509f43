import Glibc
import TestSupport
import Testing

@Suite struct RealServerTests {
    @Test(arguments: RealServer.Version.allCases) func theServerIsOfTheVersionThatWasAskedFor(
        _ version: RealServer.Version
    ) async throws {
        let server = try await RealServer.shared(version)
        let release = try await server.release()
        // Debian's unstable suite moves on; what was asked for by its name does not.
        #expect(version == .v5_3 ? release >= "v5.2" : release.hasPrefix("v\(version)"))
    }

    @Test func aServerKeepsItsProfileThroughARestartAndEndsWithItsScope() async throws {
        let (folder, pid) = try await RealServer.with(.v5_1, username: "é \"x\"") { server in
            let (port, first) = (server.port, server.pid)
            try await server.restart(settings: ["Preferences/WebUI/SessionTimeout": "77"])
            #expect(server.port == port)
            #expect(server.pid != first)
            let preferences = try await server.answer(to: "app/preferences")
            #expect(preferences.contains("\"web_ui_session_timeout\":77,"))
            return (server.folder, server.pid)
        }
        #expect(kill(pid, 0) == -1)
        #expect(throws: (any Error).self) { _ = try Files.all(below: folder) }
    }

    @Test func aServerEndsWhenItsTestFails() async throws {
        struct Failure: Error {}
        var pid: Int32 = 0
        await #expect(throws: Failure.self) {
            try await RealServer.with(.v5_3) { server in
                pid = server.pid
                throw Failure()
            }
        }
        #expect(pid > 0)
        #expect(kill(pid, 0) == -1)
    }

    @Test(arguments: RealServer.Version.allCases) func httpsIsServed(_ version: RealServer.Version) async throws {
        try await TestHome.with { home in
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            try await RealServer.with(version, https: certificate) { server in
                #expect(server.url.hasPrefix("https://"))
                let release = try await server.release()
                #expect(release.hasPrefix("v"))
            }
        }
    }
}

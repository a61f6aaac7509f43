import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `doctor`: what works here and now, what will not, and what to do.
@Suite(.timeLimit(.minutes(3))) struct DoctorTests {
    @Test(arguments: RealServer.Version.allCases)
    func allIsWell(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            let told = try await scene.examine(scene.environment(for: server), .done)
            for check in [
                "memory", "swap", "configuration", "state", "credentials", "dns", "tcp", "tls", "connection", "login",
            ] {
                #expect(told.first(check) != nil, "\(check)")
            }
            #expect(told.first("login")?.what.contains("environment QBIT_PASSWORD") == true)
            #expect(told.first("credentials")?.what.contains("user name and password") == true)
            #expect(told.first("version")?.what.contains("qBittorrent v\(version.rawValue)") == true)
            #expect(told.first("creator")?.verdict == (version == .v4_5 ? "warning" : "ok"))
        }
    }

    /// Failures stand first, and each names what a run would end with.
    @Test func whatFailsStandsFirst() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            let wrong = try await scene.examine(scene.environment(for: server, wrong: true), .doctorFoundFailures)
            #expect(wrong.checks.first?.check == "login" && wrong.checks.first?.status == 22)
            // It was sent once, and is not sent again.
            let again = try await scene.examine(scene.environment(for: server, wrong: true), .doctorFoundFailures)
            #expect(again.first("login_memory")?.what.contains("2 more") == true)

            let nobody = try await scene.examine(scene.environment(for: StandIn.closedURL()), .doctorFoundFailures)
            #expect(nobody.checks.first?.check == "tcp" && nobody.checks.first?.status == 20)
            let unknown = try await scene.examine(
                scene.environment(for: "https://no.such.host.invalid"), .doctorFoundFailures)
            #expect(unknown.checks.first?.check == "dns" && unknown.checks.first?.status == 20)
            let plain = try await scene.examine(scene.environment(for: "http://192.0.2.7:8080"), .doctorFoundFailures)
            #expect(plain.checks.first?.check == "tls" && plain.checks.first?.status == 29)
        }
    }

    @Test func theServersOwnRefusalsHaveTheirNames() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            try await StandIn.with(.passOn(to: server.port)) { relay in
                let told = try await scene.examine(scene.environment(for: relay.url), .doctorFoundFailures)
                #expect(told.checks.first?.check == "host_check" && told.checks.first?.status == 25)
            }
            let below = try await scene.examine(scene.environment(for: server.url + "/wrong"), .doctorFoundFailures)
            #expect(below.checks.first?.check == "base_path" && below.checks.first?.status == 27)
        }
    }

    /// What a run would end with is told before the server is asked.
    @Test func aPasswordWithoutANameIsAFailure() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            var environment = try await scene.environment(for: StandIn.closedURL())
            environment["QBIT_USERNAME"] = nil
            let told = try await scene.examine(environment, .doctorFoundFailures)
            #expect(told.first("credentials")?.status == ExitStatus.credentialNotFound.rawValue)
        }
    }

    @Test func anAPIKeyAloneIsEnough() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let url = try await StandIn.closedURL()
            let environment = ["QBITVAULT_URL": url, "QBIT_API_KEY": scene.newSecret().text ?? ""]
            let told = try await scene.examine(environment, .doctorFoundFailures)
            #expect(told.first("credentials")?.what.contains("the API key") == true)
        }
    }

    @Test func aBypassProvesNothing() async throws {
        try await RealServer.with(.v5_3, settings: ["Preferences/WebUI/LocalHostAuth": "false"]) { server in
            try await TestHome.with { home in
                let told = try await Scene(home).examine(["QBITVAULT_URL": server.url], .done)
                #expect(told.first("bypass")?.verdict == "warning")
                #expect(told.first("credentials")?.verdict == "warning")
            }
        }
    }

    @Test func aCertificateIsLookedAtBeforeAnythingIsSent() async throws {
        try await withCertificate("itself", "IP:127.0.0.1", itself: true) { scene, _, certificate in
            try await TLSListener.with(try certificate.serving()) { listener in
                let told = try await scene.examine(scene.environment(for: listener.url), .doctorFoundFailures)
                #expect(told.checks.first?.check == "tls" && told.checks.first?.status == 21)
                #expect(told.checks.first?.what.contains("signed by itself") == true)
                #expect(listener.heard.isEmpty)
                try await scene.pin(certificate, of: listener.url)
                let pinned = try await scene.examine(scene.environment(for: listener.url), .doctorFoundFailures)
                #expect(pinned.first("tls")?.what.contains("is pinned") == true)
            }
        }
    }

    @Test func aConfigurationThatIsBrokenIsOneOfTheFailures() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure("qbittorrent: {prot: 8080}\n")
            let told = try await scene.examine([:], .doctorFoundFailures)
            #expect(told.checks.first?.check == "configuration" && told.checks.first?.status == 78)
            #expect(told.first("memory") != nil)
        }
    }

    /// A resolver that says nothing is not waited for longer than a server would be.
    @Test func aSilentResolverHasADeadline() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let resolver = home.path.appending("resolv.conf")
            try Files.write("nameserver 127.0.0.1\noptions timeout:30 attempts:5\n", to: resolver)
            var environment = scene.environment(for: "https://nas.example")
            environment["QBITVAULT_CONNECTION_TIMEOUT"] = "1"
            let script = """
                ip link set lo up && mount --bind "$0" /etc/resolv.conf && exec 3>&1 >/dev/null
                python3 -c 'import socket, sys, time
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 53))
                open(sys.argv[1], "w").close(); time.sleep(100)' "$0.ready" & mute=$!
                while [ ! -e "$0.ready" ]; do sleep 0.05; done
                "$@" >&3; status=$?; kill $mute; exit $status
                """
            let start = ContinuousClock.now
            let run = try await scene.run(
                ["doctor"], environment: environment,
                by: ["unshare", "--mount", "--net", "sh", "-c", script, resolver.string])
            #expect(run.status == ExitStatus.doctorFoundFailures.rawValue, "\(run.text)\(run.error)")
            let told: ToldDoctor = try run.document()
            #expect(told.checks.first?.check == "dns" && told.checks.first?.status == 20)
            // The resolver itself would go on for two and a half minutes.
            #expect(start.duration(to: .now) < .seconds(60))
        }
    }

    @Test func everyServerIsLookedAt() async throws {
        let (old, new) = (try await RealServer.shared(.v4_5), try await RealServer.shared(.v5_3))
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(
                """
                qbittorrent: {url: "\(try await StandIn.closedURL())"}
                servers: {old: {url: "\(old.url)"}, new: {url: "\(new.url)"}}
                """)
            var environment = scene.environment(for: old, as: "old")
            environment.merge(scene.environment(for: new, as: "new")) { $1 }
            let run = try await scene.run(["doctor", "--all-servers"], environment: environment)
            #expect(run.status == ExitStatus.doctorFoundFailures.rawValue, "\(run.text)\(run.error)")
            let rows: [ToldServerDoctor] = try run.documents(last: 4, but: 1)
            #expect(rows.map(\.name) == [nil, "default", "old", "new"])
            #expect(rows.map { $0.failures > 0 } == [false, true, false, false], "\(run.text)")
            #expect(rows[2].checks.contains { $0.check == "login" && $0.verdict == "ok" })
            // What to do is about that server.
            let bare = try await scene.run(["doctor", "--server", "old"], environment: [:])
            let told: ToldDoctor = try bare.document()
            #expect(told.first("credentials")?.next?.contains("qbitvault setup --server old") == true, "\(bare.text)")
            try scene.expectNoLeak(in: run)
        }
    }

    /// Both sides of a rule are listed, and compared by names.
    @Test func aPathMappingIsCompared() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            let (here, other) = (home.path.appending("here"), home.path.appending("other"))
            for folder in [here, other] { try Files.makeFolder(folder) }
            try Files.write("x", to: here.appending("film"))
            try Files.write("x", to: other.appending("song"))
            for (there, verdict) in [(here, "ok"), (other, "warning"), (home.path.appending("none"), "warning")] {
                try scene.configure("qbittorrent: {docker_path_mapping: {\"\(here)\": \"\(there)\"}}\n")
                let told = try await scene.examine(scene.environment(for: server), .done)
                #expect(told.first("path_mapping")?.verdict == verdict, "\(there)")
            }
            try scene.configure("qbittorrent: {docker_path_mapping: {\"\(home.path.appending("none"))\": \"/x\"}}\n")
            let missing = try await scene.examine(scene.environment(for: server), .done)
            #expect(missing.first("path_mapping")?.what.contains("cannot be listed here") == true)
        }
    }

    /// People read a line for each, failures first.
    @Test func peopleReadALineForEach() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let run = try await home.run(["doctor"], environment: scene.environment(for: StandIn.closedURL()))
            #expect(run.status == ExitStatus.doctorFoundFailures.rawValue)
            let lines = run.text.split(separator: "\n").map(String.init)
            #expect(lines.first?.hasPrefix("failure  tcp (20): ") == true, "\(run.text)")
            #expect(lines.allSatisfy { line in ["failure ", "warning ", "ok "].contains { line.hasPrefix($0) } })
            #expect(lines.first?.contains("Next: ") == true)
        }
    }
}

extension Scene {
    /// What the doctor finds.
    func examine(
        _ environment: [String: String], _ status: ExitStatus
    ) async throws -> ToldDoctor {
        let run = try await run(["doctor"], environment: environment)
        #expect(run.status == status.rawValue, "\(run.text)\(run.error)")
        try expectNoLeak(in: run)
        let told: ToldDoctor = try run.document()
        #expect((told.failures > 0) == (status != .done))
        return told
    }
}

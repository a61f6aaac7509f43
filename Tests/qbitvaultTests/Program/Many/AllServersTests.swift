import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `--all-servers` with real servers of three versions, one that is not there, and one with a wrong password.
@Suite(.timeLimit(.minutes(3))) struct AllServersTests {
    /// A configuration of five servers, and what signs in there.
    private func five(
        _ scene: Scene, _ body: ([String: String]) async throws -> Void
    ) async throws {
        let (old, newest) = (try await RealServer.shared(.v4_5), try await RealServer.shared(.v5_3))
        try await RealServer.with(.v5_1) { strict in
            try scene.configure(
                servers: [
                    ("old", "url: \"\(old.url)\""), ("gone", "url: \"\(try await StandIn.closedURL())\""),
                    ("box.2", "host: 127.0.0.1, port: \(newest.port)"), ("wrong", "url: \"\(strict.url)\""),
                ], common: "{url: \"\(newest.url)\"}")
            var environment = scene.environment(for: newest)
            environment["QBITVAULT_URL"] = nil
            environment.merge(scene.environment(for: old, as: "old", "gone")) { $1 }
            environment.merge(scene.environment(for: newest, as: "box_2")) { $1 }
            environment["QBIT_USERNAME__WRONG"] = strict.username
            environment["QBIT_PASSWORD__WRONG"] = scene.newSecret().text
            try await body(environment)
        }
    }

    @Test func eachHasItsRowInTheOrderOfTheConfiguration() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await five(scene) { environment in
                let run = try await scene.run(["check", "--all-servers"], environment: environment)
                try scene.expectNoLeak(in: run)
                #expect(run.status == ExitStatus.someFailed.rawValue)
                let told = try ToldServers(run)
                #expect(told.rows.map(\.serverName) == ["default", "old", "gone", "box.2", "wrong"])
                #expect(told.rows.map { $0.version?.prefix(4) } == ["v5.3", "v4.5", nil, "v5.3", nil])
                #expect(told.rows.map(\.creator) == [true, false, nil, true, nil])
                #expect(told.rows.map(\.proof) == ["password", "password", nil, "password", nil])
                #expect(told.rows.map { $0.error?.status } == [nil, nil, 20, nil, 22])
                #expect(told.rows.allSatisfy { $0.server?.hasPrefix("http://127.0.0.1:") == true })
                #expect(told.totals.succeeded == 3 && told.totals.error?.status == 35)
                #expect(run.error.contains("qbitvault: wrong: The server does not accept"))
                #expect(run.error.contains("`qbitvault setup --server wrong`"), "not the default server's")
                #expect(run.error.contains("qbitvault: 2 of 5 servers failed.\n  where: gone, wrong\n"))
            }
        }
    }

    @Test func peopleGetATable() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await five(scene) { environment in
                let run = try await home.run(["check", "--all-servers"], environment: environment)
                try scene.expectNoLeak(in: run)
                #expect(run.status == ExitStatus.someFailed.rawValue)
                let lines = run.text.split(separator: "\n").map { $0.split(separator: " ") }
                #expect(
                    lines.map { $0.first.map(String.init) } == [
                        "NAME", "default", "old", "gone", "box.2", "wrong", "5",
                    ])
                #expect(run.text.hasSuffix("\n5 servers: 3 fine, 2 failed\n"))
                #expect(run.text.contains("failed (20, server unreachable)\n"))
                #expect(run.text.contains("failed (22, credentials refused)\n"))
                let addresses = run.text.split(separator: "\n").dropLast().map { line in
                    line.ranges(of: line.hasPrefix("NAME") ? "SERVER" : "http://").first?.lowerBound.utf16Offset(
                        in: line)
                }
                #expect(Set(addresses).count == 1, "in one column: \(run.text)")
            }
        }
    }

    /// Nothing but the failures of the others tells it from a run without them.
    @Test func theOnlyServerEndsTheRunWithItsOwnStatus() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a", "url: \"\(try await StandIn.closedURL())\"")])
            let run = try await scene.run(
                ["check", "--all-servers"], environment: scene.environment(for: RealServer.shared(.v5_1), as: "a"))
            #expect(run.status == ExitStatus.serverUnreachable.rawValue)
            let told = try ToldServers(run)
            #expect(told.rows.map(\.serverName) == ["a"], "the default server is nowhere, so it is left out")
            #expect(told.totals.error?.status == 20)
        }
    }

    @Test func allFineIsAStatusOfNought() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a", "url: \"\(server.url)\""), ("b", "url: \"\(server.url)\"")])
            let environment = scene.environment(for: server, as: "a", "b")
            let run = try await scene.run(["check", "--all-servers"], environment: environment)
            #expect(run.status == 0 && run.error.isEmpty)
            #expect(try ToldServers(run).totals.error == nil)

            // Somebody has said by the environment where the default server is: it is one of them.
            let more = environment.merging(scene.environment(for: server)) { $1 }
            let three = try await scene.run(["check", "--all-servers"], environment: more)
            #expect(three.status == 0)
            #expect(try ToldServers(three).rows.map(\.serverName) == ["default", "a", "b"])
        }
    }

    /// A password of the environment, unscoped, is for the default server.
    @Test func whatIsScopedToNobodyIsForTheDefaultServer() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a", "url: \"\(server.url)\"")])
            let run = try await scene.run(["check", "--all-servers"], environment: scene.environment(for: server))
            #expect(run.status == ExitStatus.someFailed.rawValue)
            #expect(try ToldServers(run).rows.map { $0.error?.status } == [nil, 10])
        }
    }

    @Test func sourcesOfAllServers() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a", "host: a"), ("b", "host: b, username: x")])
            let environment = ["QBIT_PASSWORD__A": scene.newSecret().text ?? "", "QBIT_USERNAME__A": "a"]
            struct Told: Decodable {
                struct Name: Decodable { let name: String, sources: [Source] }
                struct Source: Decodable { let source: String, verdict: String }
                let names: [Name]
            }
            let run = try await scene.run(["credential", "where", "--all-servers"], environment: environment)
            #expect(run.status == 0)
            let told: [Told] = try run.documents(last: 2, but: 1)
            let first = try told.map { try #require($0.names.first { $0.name == "QBIT_PASSWORD" }?.sources.first) }
            #expect(first.map(\.source) == ["environment QBIT_PASSWORD__A", "environment"])
            #expect(first.map(\.verdict) == ["answers", "absent"])
            let table = try await home.run(["credential", "where", "--all-servers"], environment: environment)
            #expect(table.text.contains("QBIT_PASSWORD from environment QBIT_PASSWORD__A"))
            try scene.expectNoLeak(in: table)
        }
    }

    /// The answers of all servers, each labelled.
    @Test func callsOfTheWebAPI() async throws {
        let servers = try await RealServer.Version.allCases.asyncMap { try await RealServer.shared($0) }
        try await TestHome.with { home in
            let scene = Scene(home)
            var entries: [(String, String)] = []
            var environment: [String: String] = [:]
            for (server, name) in zip(servers, ["a", "b", "c"]) {
                entries.append((name, "url: \"\(server.url)\""))
                environment.merge(scene.environment(for: server, as: name)) { $1 }
            }
            try scene.configure(servers: entries)
            struct Told: Decodable, Equatable {
                let serverName: String, status: Int, answer: JSONValue

                private enum CodingKeys: String, CodingKey { case serverName = "server_name", status, answer }
            }
            let versions = try await scene.run(["api", "app/version", "--all-servers"], environment: environment)
            #expect(versions.status == 0, "\(versions.error)")
            let told: [Told] = try versions.documents(last: 3, but: 1)
            #expect(told.map(\.serverName) == ["a", "b", "c"] && told.allSatisfy { $0.status == 200 })
            #expect(told.map(\.answer) == [.text("v4.5.2"), .text("v5.1.0"), .text("v5.3.0")])

            let info = try await scene.run(["api", "app/buildInfo", "--all-servers"], environment: environment)
            for row in try info.documents(last: 3, but: 1, Told.self) {
                guard case .object(let fields) = row.answer else { throw NoObject() }
                #expect(fields["bitness"] == .whole(64))
            }
            let unknown = try await scene.run(
                ["api", "torrentcreator/status", "--all-servers"], environment: environment)
            #expect(unknown.status == ExitStatus.someFailed.rawValue)
            #expect(try ToldServers(unknown).rows.map { $0.error?.status } == [26, nil, nil])
            try scene.expectNoLeak(in: unknown)

            let plain = try await home.run(["api", "app/version", "--all-servers"], environment: environment)
            #expect(plain.status == ExitStatus.usage.rawValue)
        }
    }

    struct NoObject: Error {}
}

extension Sequence {
    fileprivate func asyncMap<R>(_ transform: (Element) async throws -> R) async rethrows -> [R] {
        var all: [R] = []
        for element in self { all.append(try await transform(element)) }
        return all
    }
}

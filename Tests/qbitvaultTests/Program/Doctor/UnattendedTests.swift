import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `doctor --as`: what it says beforehand is what happens.
@Suite(.timeLimit(.minutes(4))) struct UnattendedTests {
    @Test(arguments: UnattendedCase.all)
    func theVerdictIsWhatHappens(_ unattended: UnattendedCase) async throws {
        let server = try await RealServer.shared(.v5_3)
        try await PersonsHome.with { person in
            person.scene.hold(server.password())
            let variables = try await unattended.prepare(person, server)
            // A person's own run works, or nothing could be said about a difference.
            let verdict = try await verdict("cron", person, variables)
            let run = try await person.runUnattended(["check"])
            #expect(run.status == unattended.status.rawValue, "\(run.text)\(run.error)")
            try expect(verdict, isOf: run)
            for other in ["systemd", "docker"] where other == "docker" || unattended.status == .done {
                let same = try await self.verdict(other, person, variables)
                #expect(same.surrounding == other)
                // Root has no home there, so no vault either, and its place is not known.
                let expected = other == "systemd" ? ExitStatus.configuration.rawValue : unattended.status.rawValue
                #expect(same.first("credentials")?.status ?? 0 == expected, "\(same)")
            }
            if unattended.isMended { try await expectMended(verdict, person, variables) }
        }
    }

    /// What the crontab or the unit sets is there.
    @Test func whatIsSetThereCanBeNamed() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await PersonsHome.with { person in
            let variables = [
                "QBIT_USERNAME": server.username, "QBIT_PASSWORD": server.password().text ?? "",
                "QBITVAULT_URL": server.url,
            ]
            person.scene.hold(server.password())
            let words = ["doctor", "--as", "cron"] + variables.keys.flatMap { ["--with", $0] }
            let run = try await person.run(words, variables)
            let told: ToldDoctor = try run.document()
            #expect(run.status == 0 && told.failures == 0, "\(run.text)")
            #expect(told.first("credentials")?.what.contains("environment QBIT_PASSWORD") == true)
            let without = try await person.run(["doctor", "--as", "cron", "--with", "QBIT_PASSWORD"], variables)
            let less: ToldDoctor = try without.document()
            #expect(without.status == ExitStatus.doctorFoundFailures.rawValue)
            #expect(less.checks.map(\.check).starts(with: ["credentials", "server"]), "\(less)")
            #expect(less.first("server")?.next?.contains("QBITVAULT_URL") == true)
            try person.scene.expectNoLeak(in: run)
            try person.scene.expectNoLeak(in: without)
        }
    }

    @Test func peopleReadOneLineForEach() async throws {
        try await PersonsHome.with { person in
            let key = person.path.appending("any.key")
            try await person.succeed(["vault", "init", "--key-file", key.string])
            for name in ["QBIT_USERNAME", "QBIT_PASSWORD"] {
                try await person.succeed(
                    ["credential", "set", name, "--stdin"], input: .secret(person.scene.newSecret()))
            }
            let run = try await person.shell("qbitvault doctor --as cron", [:])
            let line = run.text.split(separator: "\n").first { $0.hasPrefix("ok") }
            let words =
                "ok       credentials: this will work: vault \(person.vault), by the key file on record, password, "
            #expect(line?.hasPrefix(words) == true && line?.hasSuffix(" ms") == true, "\(run.text)\(run.error)")
            #expect(run.status == 0)
            try Files.setMode(key, 0o644)
            let open = try await person.shell("qbitvault doctor --as cron", [:])
            #expect(open.status == ExitStatus.doctorFoundFailures.rawValue)
            let failure = open.text.split(separator: "\n").first { $0.hasPrefix("failure") }
            #expect(
                failure?.contains("(15)") == true && failure?.hasSuffix("chmod go-rwx \(key)") == true, "\(open.text)")
        }
    }

    private func verdict(
        _ surrounding: String, _ person: PersonsHome, _ variables: [String: String]
    ) async throws -> ToldDoctor {
        let run = try await person.run(["doctor", "--as", surrounding], variables)
        let told: ToldDoctor = try run.document()
        #expect(run.status == (told.failures == 0 ? 0 : ExitStatus.doctorFoundFailures.rawValue), "\(run.error)")
        try person.scene.expectNoLeak(in: run)
        return told
    }

    private func expect(_ verdict: ToldDoctor, isOf run: ToolRun) throws {
        let told = try #require(verdict.first("credentials"))
        guard run.status == 0 else {
            #expect(told.verdict == "failure" && told.status == run.status, "\(told)")
            #expect(told.next?.isEmpty == false)
            return
        }
        let checked: ToldCheck = try run.document()
        let source = try #require(checked.source)
        #expect(told.verdict != "failure" && told.what.hasPrefix("this will work: \(source)"), "\(told)")
    }

    /// The command that is told does what it says.
    private func expectMended(_ verdict: ToldDoctor, _ person: PersonsHome, _ variables: [String: String]) async throws
    {
        let next = try #require(verdict.first("credentials")?.next)
        let command = try #require(next.firstMatch(of: /(?:qbitvault|printf) .*/)).output
        let mending = try await person.shell(String(command), variables)
        #expect(mending.status == 0, "\(command): \(mending.error)")
        let after = try await self.verdict("cron", person, variables)
        #expect(after.first("credentials")?.verdict == "ok", "\(after)")
        let run = try await person.runUnattended(["check"])
        #expect(run.status == 0, "\(run.error)")
        try expect(after, isOf: run)
    }
}

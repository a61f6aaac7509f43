import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A passphrase where there is no memory for it: a sentence, and never the kernel's out-of-memory killer.
@Suite(.timeLimit(.minutes(3))) struct ScarceMemoryTests {
    /// Limits that a run is started under, and what they are called.
    struct Limit: Sendable, CustomTestStringConvertible {
        let words: String
        let starter: [String]

        var testDescription: String { words }

        /// Where the kernel's files say so. Whoever is not root becomes it in a namespace.
        static func told(_ words: String, _ script: String) -> Limit {
            Limit(
                words: words,
                starter: [
                    "unshare", "--map-root-user", "--mount", "--cgroup", "sh", "-ec", script + "\nexec \"$@\"", "sh",
                ])
        }
    }

    static let limits = [
        Limit(words: "ulimit -v", starter: ["prlimit", "--as=\(350 << 20)"]),
        Limit(words: "ulimit -d", starter: ["prlimit", "--data=\(100 << 20)"]),
        .told(
            "what the machine has left",
            """
            printf 'MemAvailable: 200000 kB\\n' >meminfo
            mount --bind meminfo /proc/meminfo
            """),
        .told(
            "the control group",
            """
            mkdir group limits
            echo \(200 << 20) >limits/memory.max
            echo max >limits/memory.high
            echo \(50 << 20) >limits/memory.current
            mount -t cgroup2 none group
            mount --bind limits group
            """),
    ]

    @Test(arguments: limits)
    func whatIsTooLittleIsSaid(_ limit: Limit) async throws {
        try await withPassphrase { scene, environment in
            let run = try await scene.run(["credential", "list"], environment: environment, by: limit.starter)
            try run.expectProblem(.notEnoughMemory)
            #expect(run.error.contains("The passphrase needs 264 MiB of memory, and there is room for"))
            #expect(run.error.contains("(\(limit.words)"), "\(run.error)")
            try scene.expectNoLeak(in: run)
        }
    }

    /// What needs no passphrase works there, and so does the report.
    @Test func aKeyFileAndTheStatusNeedLittle() async throws {
        try await withPassphrase { scene, environment in
            let starter = Self.limits[0].starter
            let status = try await scene.run(["vault", "status", "--explain"], environment: environment, by: starter)
            #expect(status.status == 0, "\(status.error)")
            let told: ToldKeys = try status.document()
            #expect(told["QBITVAULT_PASSPHRASE_FILE"]?.error?.status == 43)
            #expect(status.text.contains(#""code":"not_enough_memory""#))
            #expect(!status.text.contains("milliseconds"))

            let other = ["QBITVAULT_VAULT": scene.home.path.appending("other.qbv").string]
            let words = ["vault", "init", "--key-file", scene.keyFile.string]
            #expect(try await scene.run(words, environment: other, by: starter).status == 0)
            #expect(try await scene.run(["credential", "list"], environment: other, by: starter).status == 0)
            // Nor is a vault made that could not be opened here.
            let third = ["QBITVAULT_VAULT": scene.home.path.appending("third.qbv").string]
            try await scene.run(
                ["vault", "init", "--passphrase-stdin"], input: scene.newSecret(), environment: third, by: starter
            ).expectProblem(.notEnoughMemory)
        }
    }

    /// A large vault is in memory whole, more than once.
    @Test func aVaultThatIsTooLargeForTheMemoryIsSaid() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let large = home.path.appending("large")
            try scene.write((0..<1_000_000).map { _ in UInt8.random(in: 33...126) }, to: large)
            for name in ["LARGE", "LARGE2", "LARGE3"] {
                let kept = try await scene.run(
                    ["credential", "set", name, "--stdin"], by: ["sh", "-ec", #"exec "$@" <"$0""#, large.string])
                #expect(kept.status == 0, "\(kept.error)")
            }
            let scarce = Limit.told(
                "what the machine has left",
                """
                printf 'MemAvailable: 20000 kB\\n' >meminfo
                mount --bind meminfo /proc/meminfo
                """)
            for words in [["credential", "list"], ["rotate", "vault-key"], ["credential", "delete", "LARGE"]] {
                let run = try await scene.run(words, by: scarce.starter)
                try run.expectProblem(.notEnoughMemory)
                #expect(run.error.contains("A vault of this size needs 3"), "\(run.error)")
            }
            #expect(try await scene.run(["credential", "list"]).status == 0)
        }
    }

    /// Under a real limit, which kills whoever goes beyond it.
    @Test func aRealControlGroupIsKeptTo() async throws {
        guard let group = ControlGroup.make() else {
            Issue.record("NOT TESTED: no control group with a memory limit can be made here", severity: .warning)
            return
        }
        defer { group.remove() }
        try await withPassphrase { scene, environment in
            try group.allow(mebibytes: 150)
            let run = try await scene.run(["credential", "list"], environment: environment, by: group.starter)
            try run.expectProblem(.notEnoughMemory)
            #expect(run.error.contains("the control group \(group.folder)"), "\(run.error)")
            try group.allow(mebibytes: 600)
            let roomy = try await scene.run(["credential", "list"], environment: environment, by: group.starter)
            #expect(roomy.status == 0, "\(roomy.error)")
        }
    }

    private func withPassphrase(_ body: (Scene, [String: String]) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let passphrase = scene.newSecret()
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: passphrase.copy())
            try await body(scene, try scene.passphrase(passphrase))
        }
    }
}

/// A group below this process's own, of either version, made where the machine lets us.
private struct ControlGroup {
    let folder: FilePath
    private let limit: FilePath

    /// What starts a program in it.
    var starter: [String] {
        ["sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", folder.appending("cgroup.procs").string]
    }

    static func make() -> ControlGroup? {
        guard geteuid() == 0 else { return nil }
        let groups =
            (try? Files.bytesToTheEnd(of: "/proc/self/cgroup")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let name = "qbitvault-test.\(UInt64.random(in: .min ... .max))"
        for line in groups.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3 else { continue }
            let isFirst = fields[1].split(separator: ",").contains("memory")
            guard isFirst || fields[1].isEmpty else { continue }
            let mount: FilePath = isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
            // In the second version a group with processes in it has none below, but for the highest.
            let above = isFirst ? mount.pushing(FilePath(root: nil, FilePath(fields[2]).components)) : mount
            let folder = above.appending(name)
            guard unsafe mkdir(folder.string, 0o755) == 0 else { continue }
            let file = folder.appending(isFirst ? "memory.limit_in_bytes" : "memory.max")
            if (try? file.stat()) != nil { return ControlGroup(folder: folder, limit: file) }
            _ = unsafe rmdir(folder.string)
        }
        return nil
    }

    func allow(mebibytes: Int) throws {
        let file = try FileDescriptor.open(limit, .writeOnly)
        _ = try file.closeAfter { try file.writeAll("\(mebibytes << 20)".utf8) }
    }

    func remove() {
        // A process that has just ended leaves it a moment later.
        for _ in 0..<100 where unsafe rmdir(folder.string) != 0 { usleep(10_000) }
    }
}

import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What `doctor` tells of files: where they lie, who may see them, and what git would do with them.
@Suite(.timeLimit(.minutes(3))) struct DoctorFilesTests {
    /// A vault that works, and what one should know of where things lie.
    @Test func whereThingsLieIsTold() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let key = scene.vault.removingLastComponent().appending("key")
            try await scene.succeed(["vault", "init", "--key-file", key.string])
            try scene.configure("qbittorrent: {url: \"\(server.url)\"}\n")
            let set = ["credential", "set", "--stdin"]
            try await scene.succeed(set + ["QBIT_USERNAME"], input: Secret(copying: server.username.utf8))
            try await scene.succeed(set + ["QBIT_PASSWORD"], input: server.password())
            scene.hold(server.password())
            let env = scene.userConfiguration.removingLastComponent().appending(".env")
            try scene.write(Array("QBIT_USERNAME=a\nQBIT_PASSWORD=b\n".utf8), to: env)
            try Files.makeFolder(scene.userConfiguration.removingLastComponent().appending(".git"))

            let told = try await scene.examine([:], .done)
            #expect(told.first("vault")?.verdict == "ok")
            #expect(told.first("backup")?.verdict == "warning")
            #expect(told.first("backup")?.what.contains(key.string) == true)
            #expect(told.first("permissions")?.verdict == "ok")
            #expect(told.first("only_one_slot")?.next == "qbitvault vault slot add --recovery")
            #expect(told.first("only_one_slot")?.verdict == "warning")
            #expect(told.first("env_file")?.what.contains(env.string) == true)
            #expect(told.first("work_tree")?.what.contains(env.string) == true)
            #expect(told.first("age")?.verdict == "ok")
            #expect(told.first("login")?.what.contains("vault") == true)

            try Files.setMode(scene.vault, 0o644)
            let open = try await scene.examine([:], .doctorFoundFailures)
            #expect(open.checks.first?.status == 15, "\(open)")
            #expect(open.first("permissions")?.next?.contains("chmod") == true)
            #expect(open.first("login") == nil, "nothing is sent")
        }
    }

    /// Each file that is remembered in, too.
    @Test func aStateFileThatIsOpenIsAFailure() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: server, wrong: true)
            _ = try await scene.examine(environment, .doctorFoundFailures)
            let state = home.state.appending("qbitvault")
            let file = try #require(try Files.all(below: state).first { (try? $0.stat())?.type == .regular })
            try Files.setMode(file, 0o640)
            let told = try await scene.examine(environment, .doctorFoundFailures)
            #expect(told.checks.contains { $0.check == "permissions" && $0.what.contains(file.string) }, "\(told)")
        }
    }

    /// What git would take, has, or leaves out.
    @Test(arguments: [("ignored", "ok"), ("untracked", "warning"), ("tracked", "failure")])
    func gitIsAsked(about status: String, verdict: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let folder = scene.userConfiguration.removingLastComponent()
            try scene.configure("qbittorrent: {url: \"\(try await StandIn.closedURL())\"}\n")
            try scene.write(Array("QBIT_USERNAME=a\nQBIT_PASSWORD=b\n".utf8), to: folder.appending(".env"))
            if status == "ignored" { try Files.write(".env\n", to: folder.appending(".gitignore")) }
            // A repository's own programs are not run.
            let git = ["-C", folder.string, "-c", "core.fsmonitor=false"]
            _ = try await ToolRun.succeeding(.name("git"), git + ["init", "--quiet"])
            _ = try await ToolRun.succeeding(
                .name("git"), git + ["config", "core.fsmonitor", "touch \(home.path.appending("trap"))"])
            // Nor is the way to a remote that missing objects would be fetched from (a promisor).
            if status == "untracked" { try await Self.missRules(git, folder, trap: home.path.appending("trap")) }
            if status == "tracked" { _ = try await ToolRun.succeeding(.name("git"), git + ["add", ".env"]) }
            let told = try await scene.examine([:], .doctorFoundFailures)
            #expect(told.first("work_tree")?.verdict == verdict, "\(told)")
            #expect((try? home.path.appending("trap").stat()) == nil)
        }
    }

    /// Rules that stand in the index alone, and an object that git would have a program of the repository's fetch.
    private static func missRules(_ git: [String], _ folder: FilePath, trap: FilePath) async throws {
        let rules = folder.appending(".gitignore")
        try Files.write("other\n", to: rules)
        _ = try await ToolRun.succeeding(.name("git"), git + ["add", ".gitignore"])
        _ = try await ToolRun.succeeding(.name("git"), git + ["update-index", "--skip-worktree", ".gitignore"])
        try Files.remove(rules)
        let settings = [
            ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "far"), ("remote.far.promisor", "true"),
            ("remote.far.url", folder.string), ("remote.far.uploadpack", "touch \(trap); git-upload-pack"),
        ]
        for (key, value) in settings {
            _ = try await ToolRun.succeeding(.name("git"), git + ["config", key, value])
        }
        try Files.removeTree(folder.appending(".git/objects"))
        try Files.makeFolder(folder.appending(".git/objects"))
    }

    @Test(
        arguments: [
            ("/dev/zram0 partition 1 0 5", nil, "ok"), ("/dev/dm-1 partition 1 0 5", "CRYPT-PLAIN-x", "ok"),
            ("/dev/dm-1 partition 1 0 5", "LVM-x", "warning"), ("/dev/dm-2 partition 1 0 5", "CRYPT-LUKS2-x", "ok"),
            ("/swap\\040file file 1 0 5", "CRYPT-LUKS2-x", "ok"), ("/swap\\040file file 1 0 5", "LVM-x", "warning"),
            ("/dev/sda2 partition 1 0 5", nil, "warning"),
            ("", nil, "ok"),
        ] as [(String, String?, String)])
    func swapInTheClearIsTold(line: String, uuid: String?, verdict: String) throws {
        let root = try Files.makeScratchFolder()
        defer { try? Files.removeTree(root) }
        try Files.makeFolder(root.appending("proc"))
        try Files.write("Filename Type Size Used Priority\n\(line)\n", to: root.appending("proc/swaps"))
        // A logical volume, dm-2, on dm-1; and a file system on dm-1.
        let device = "sys/class/block/dm-1"
        for folder in [device + "/dm", "sys/class/block/dm-2/slaves/dm-1", "sys/dev/block", "proc/self"] {
            try Files.makeFolder(root.appending(folder))
        }
        if let uuid { try Files.write(uuid + "\n", to: root.appending(device + "/dm/uuid")) }
        try Files.link(root.appending("sys/dev/block/254:1"), to: root.appending(device))
        try Files.write("21 1 254:1 / / rw - ext4 /dev/dm-1 rw\n", to: root.appending("proc/self/mountinfo"))
        let swap = ProcessExamination(folder: root).findings.filter { $0.check == "swap" }
        #expect(swap.map(\.verdict.rawValue) == [verdict])
    }
}

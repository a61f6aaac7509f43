import Secrets
import SystemPackage
import Testing

@testable import CredentialStores

/// How much memory there is said to be, and what sets the limit: from files as real machines and containers have them.
@Suite struct MemoryRoomTests {
    struct Machine: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: [String: String]
        let mebibytes: UInt64
        let limit: MemoryRoom.Limit

        init(
            _ name: String, _ mebibytes: UInt64, _ limit: MemoryRoom.Limit, available: Int = 8 << 10,
            _ files: [String: String]...
        ) {
            testDescription = name
            self.mebibytes = mebibytes
            self.limit = limit
            self.files = files.reduce(SystemTree.machine(available: available << 10)) { $0.merging($1) { $1 } }
        }
    }

    private static let top = "/sys/fs/cgroup"

    static let machines = [
        Machine("no groups", 8192, .machine),
        Machine("little is left", 100, .machine, available: 100),
        Machine(
            "a container with its own view", 62, .group("/sys/fs/cgroup"), SystemTree.unified(group: "/"),
            SystemTree.group(top, max: 64, current: 2)),
        Machine(
            "files that were read are given up", 54, .group("/sys/fs/cgroup"), SystemTree.unified(group: "/"),
            SystemTree.group(top, max: 64, current: 60, inactive: 50)),
        Machine(
            "no more can be given up than was taken", 64, .group("/sys/fs/cgroup"), SystemTree.unified(group: "/"),
            SystemTree.group(top, max: 64, current: 10, inactive: 50)),
        Machine(
            "above its limit", 0, .group("/sys/fs/cgroup"), SystemTree.unified(group: "/"),
            SystemTree.group(top, max: 64, current: 70)),
        Machine(
            "a service that is slowed down", 30, .group("/sys/fs/cgroup/a.service"),
            SystemTree.unified(group: "/a.service"),
            SystemTree.group("\(top)/a.service", max: 500, high: 40, current: 10)),
        Machine(
            "without a limit of its own, below one that has", 90, .group("/sys/fs/cgroup/user.slice"),
            SystemTree.unified(group: "/user.slice/a/b"),
            SystemTree.group("\(top)/user.slice/a/b", max: nil, current: 1),
            SystemTree.group("\(top)/user.slice/a", max: 4096, current: 1),
            SystemTree.group("\(top)/user.slice", max: 100, current: 10)),
        Machine(
            "a part of the hierarchy is mounted", 20, .group("/sys/fs/cgroup/inner"),
            SystemTree.unified(group: "/docker/abc/inner", root: "/docker/abc"),
            SystemTree.group("\(top)/inner", max: 30, current: 10), SystemTree.group(top, max: 300, current: 10)),
        Machine(
            "its group is out of sight", 48, .group("/sys/fs/cgroup"), SystemTree.unified(group: "/../elsewhere"),
            SystemTree.group(top, max: 50, current: 2)),
        Machine(
            "a mount with a space in its name", 48, .group("/sys/fs/c group"),
            SystemTree.unified(group: "/", at: #"/sys/fs/c\040group"#),
            SystemTree.group("/sys/fs/c group", max: 50, current: 2)),
        Machine(
            "the machine has less than the group allows", 10, .machine, available: 10, SystemTree.unified(group: "/"),
            SystemTree.group(top, max: 64, current: 2)),
        Machine(
            "the first version", 120, .group("/sys/fs/cgroup/memory/docker/abc"),
            SystemTree.first(group: "/docker/abc"),
            SystemTree.firstGroup("\(top)/memory/docker/abc", limit: 128 << 20, usage: 20, inactive: 12),
            SystemTree.firstGroup("\(top)/memory", limit: 0x7fff_ffff_ffff_f000, usage: 900)),
        Machine(
            "the first version, as a container sees it", 108, .group("/sys/fs/cgroup/memory"),
            SystemTree.first(group: "/docker/abc", root: "/docker/abc"),
            SystemTree.firstGroup("\(top)/memory", limit: 128 << 20, usage: 20)),
        Machine(
            "the first version without a limit", 8192, .machine, SystemTree.first(group: "/a"),
            SystemTree.firstGroup("\(top)/memory/a", limit: 0x7fff_ffff_ffff_f000, usage: 20)),
        Machine(
            "files that make no sense", 8192, .machine,
            ["/proc/self/cgroup": "what\n::\n0::\n", "/proc/self/mountinfo": "- cgroup2\n30 23 0:26 / /sys - \n"]),
        Machine(
            "a group whose files hold no numbers", 8192, .machine, SystemTree.unified(group: "/"),
            ["\(top)/memory.max": "much\n", "\(top)/memory.current": "", "\(top)/memory.stat": "inactive_file\n"]),
    ]

    @Test(arguments: machines)
    func theLeastLimitCounts(_ machine: Machine) throws {
        let tree = try SystemTree(machine.files)
        #expect(
            MemoryRoom.now(root: tree.root) == MemoryRoom(bytes: machine.mebibytes << 20, limit: machine.limit))
    }

    /// Where the system tells nothing, nothing is refused.
    @Test func whatCannotBeReadLimitsNothing() throws {
        let tree = try SystemTree([:])
        #expect(MemoryRoom.now(root: tree.root).holds(PassphraseCost(operations: 1, memory: 1 << 30)))
    }

    @Test func thisMachineTellsSomething() {
        let room = MemoryRoom.now()
        #expect(room.bytes > 1 << 20 && room.bytes < 1 << 50)
    }

    @Test func aPassphraseNeedsMoreThanItsMemory() {
        #expect(MemoryRoom(bytes: 264 << 20, limit: .machine).holds(.moderate))
        #expect(!MemoryRoom(bytes: 264 << 20 - 1, limit: .machine).holds(.moderate))
    }
}

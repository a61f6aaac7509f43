import CredentialStores
import SystemPackage
import TestSupport

/// One command, made to fail at each of its calls in each way, and the vault used after each.
struct Sweep {
    let command: CrashCommand
    let scene: CrashScene
    let program: ForkedProgram
    /// What happens when nothing fails.
    let calls: [FileCall]
    let tree: Tree
    let treeAfter: Tree
    let before: VaultFacts?
    /// As the second host sees it.
    let beforeThere: VaultFacts?
    let after: VaultFacts?
    /// What was searched for secrets already.
    var searched: Set<[UInt8]> = []
    /// What was not as it has to be.
    private(set) var failures: [String] = []
    private(set) var tallies: [Tally] = []

    struct Tally: Sendable {
        let fault: FileFault
        var injected = 0
        /// How many calls of a run without faults it can happen at.
        let expected: Int

        var text: String { "\(fault.rawValue) \(injected) of \(expected)" }
    }

    /// Runs the command once without a fault, and puts everything back.
    init(_ command: CrashCommand, in scene: CrashScene, by program: ForkedProgram) throws {
        (self.command, self.scene, self.program) = (command, scene, program)
        before = try scene.seen()
        beforeThere = try scene.seenByOther()
        tree = try Tree(below: scene.home.path)
        let clean = try program.run(input: command.input?(scene) ?? [])
        guard clean.status == 0 else {
            throw ToolFailure(
                program: command.name, status: clean.status, said: String(decoding: clean.said, as: UTF8.self))
        }
        calls = clean.calls
        after = try scene.seen()
        treeAfter = try Tree(below: scene.home.path)
        try tree.restore(scene.home.path, from: treeAfter)
        if clean.unknown >= 0 { failures.append("system call \(clean.unknown) stands in no list of the shim") }
    }

    mutating func run() throws {
        for fault in FileFault.allCases { try run(fault) }
    }

    private mutating func run(_ fault: FileFault) throws {
        let isMeant = { [command] (call: FileCall) in fault.applies(to: call) && command.isMeant(call, fault) }
        var tally = Tally(fault: fault, expected: calls.count(where: isMeant))
        for (index, call) in calls.enumerated() where isMeant(call) {
            let report = try strike(fault, at: index)
            if report.injected > 0 { tally.injected += 1 }
            let strike = Strike(
                fault: fault, call: call, isNews: !command.isThorough || index > 0 && calls[index - 1].changes)
            let now = try Tree(below: scene.home.path)
            if let problem = judge(report, strike, now) {
                failures.append("\(fault.rawValue) at \(index + 1), \(call): \(problem)")
            }
            if !now.isSame(as: tree) {
                try tree.restore(scene.home.path, from: try Tree(below: scene.home.path))
            }
        }
        tallies.append(tally)
    }

    /// Runs the command with a fault at one of its calls. Which call that is may differ in a run, by a reading in two
    /// parts or a lock that was waited for, so that it is tried again until it is the one that is meant.
    private func strike(_ fault: FileFault, at index: Int) throws -> ForkedProgram.Report {
        let call = calls[index]
        for _ in 0..<3 {
            let report = try program.run(
                fault, at: index + 1, code: fault.code(at: call), input: command.input?(scene) ?? [])
            if report.calls.first.map(call.isSame) == true { return report }
            try tree.restore(scene.home.path, from: try Tree(below: scene.home.path))
        }
        return try program.run(fault, at: index + 1, code: fault.code(at: call), input: command.input?(scene) ?? [])
    }
}

/// A fault, and where it struck.
struct Strike {
    let fault: FileFault
    let call: FileCall
    /// Whether the call before changed something, so that a kill leaves what none before it did.
    let isNews: Bool
}

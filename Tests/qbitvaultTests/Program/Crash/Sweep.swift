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
    private let tree: Tree
    private let before: VaultFacts?
    private let after: VaultFacts?
    private var searched: Set<[UInt8]> = []
    /// What was not as it has to be.
    private(set) var failures: [String] = []

    init(_ command: CrashCommand, in scene: CrashScene, by program: ForkedProgram) throws {
        (self.command, self.scene, self.program) = (command, scene, program)
        before = try scene.seen()
        tree = try Tree(below: scene.home.path)
        let clean = try program.run(input: command.input(scene))
        guard clean.status == 0 else {
            throw ToolFailure(
                program: command.name, status: clean.status, said: String(decoding: clean.said, as: UTF8.self))
        }
        calls = clean.calls
        after = try scene.seen()
        try tree.restore(scene.home.path, from: try Tree(below: scene.home.path))
        if clean.unknown >= 0 { failures.append("system call \(clean.unknown) stands in no list of the shim") }
    }

    /// All faults of a kind; how many there were.
    mutating func run(_ fault: FileFault) throws -> Int {
        var injected = 0
        for (index, call) in calls.enumerated() where fault.applies(to: call) {
            let report = try program.run(
                fault, at: index + 1, code: fault.code(at: call), input: command.input(scene))
            if report.injected > 0 { injected += 1 }
            let now = try Tree(below: scene.home.path)
            let isNews = index > 0 && calls[index - 1].changes
            judge(report, fault, at: call, now, isNews: isNews).map { problem in
                failures.append("\(fault.rawValue) at \(index + 1), \(call): \(problem)")
            }
            try tree.restore(scene.home.path, from: try Tree(below: scene.home.path))
        }
        return injected
    }

    /// What is wrong with how it ended, if anything is.
    ///
    /// - Parameter isNews: whether the call before changed something, so that a kill leaves what none before it did.
    private mutating func judge(
        _ report: ForkedProgram.Report, _ fault: FileFault, at call: FileCall, _ now: Tree, isNews: Bool
    ) -> String? {
        let said = String(decoding: report.said, as: UTF8.self)
        guard report.calls.first.map(call.isSame) == true else { return "it struck \(report.calls)" }
        guard report.unknown < 0 else { return "system call \(report.unknown) stands in no list of the shim" }
        if fault.endsTheProgram, report.status != 137 { return "it was not killed but ended with \(report.status)" }
        if [16, 18].contains(report.status) { return "it said \(said)" }
        if fault.isHarmless(at: call), report.status != 0 { return "it did not go on: \(said)" }
        let leaks = scene.leaks(in: now, &searched)
        if !leaks.isEmpty { return "a secret stands in \(leaks)" }
        do {
            return try judgeState(report, fault, said, now, isNews: isNews)
        } catch { return "\(report.status), and then the vault: \(error)" }
    }

    private func judgeState(
        _ report: ForkedProgram.Report, _ fault: FileFault, _ said: String, _ now: Tree, isNews: Bool
    ) throws -> String? {
        // Most faults strike before anything is done, and what was looked at once need not be again.
        let isUntouched = now.isSame(as: tree)
        let seen = isUntouched ? before : try scene.seen()
        let isBefore = seen == before
        let isAfter = same(seen, after)
        guard isBefore || isAfter else { return "neither the state before nor the one after: \(seen as Any)" }
        if !fault.endsTheProgram {
            if report.status == 0, !isAfter { return "status 0, and nothing was done" }
            if report.status != 0, !isBefore, !said.contains(Self.doneBut) {
                return "status \(report.status), and it was done: \(said)"
            }
        }
        if isUntouched || report.status == 0 { return nil }
        if let problem = try judgeOther(seen, isAfter: isAfter) { return problem }
        return fault == .torn || fault == .kill && isNews ? try judgeNext(isAfter: isAfter) : nil
    }

    /// What is said where the change is made and something after it failed.
    private static var doneBut: Regex<Substring> {
        /The vault is changed, but|is made, but the choice of the store could not be recorded/
    }

    /// After a kill: the same command once more, and another write.
    private func judgeNext(isAfter: Bool) throws -> String? {
        let next = try program.run(input: command.input(scene))
        guard next.status == 0 || isAfter && next.status == command.again.rawValue else {
            return "once more, it said \(String(decoding: next.said, as: UTF8.self))"
        }
        let seen = try scene.seen()
        guard same(seen, after) || isAfter && next.status == 0 else { return "once more, it led to \(seen as Any)" }
        try scene.writeNext()
        let left = try Tree(below: scene.home.path).temporaries
        return left.isEmpty ? nil : "left over after the next write: \(left)"
    }

    /// The second host, which had seen the vault before.
    private func judgeOther(_ seen: VaultFacts?, isAfter: Bool) throws -> String? {
        do throws(StoreError) {
            return try scene.seenByOther() == seen ? nil : "the second host sees something else"
        } catch {
            if command.replacesIdentity, isAfter, error.code == .forged { return nil }
            return "the second host: \(error.code)"
        }
    }

    private func same(_ seen: VaultFacts?, _ expected: VaultFacts?) -> Bool {
        switch (seen, expected) {
        case (nil, nil): true
        case (let seen?, let expected?): seen.isSame(as: expected, original: before?.identity)
        default: false
        }
    }
}

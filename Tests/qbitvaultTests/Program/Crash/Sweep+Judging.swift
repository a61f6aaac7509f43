import CredentialStores
import SystemPackage
import TestSupport

extension Sweep {
    /// What is wrong with how a run ended and what it left, if anything is.
    mutating func judge(_ report: ForkedProgram.Report, _ strike: Strike, _ now: Tree) -> String? {
        let (fault, call) = (strike.fault, strike.call)
        let said = String(decoding: report.said, as: UTF8.self)
        guard report.calls.first.map(call.isSame) == true else { return "it struck \(report.calls)" }
        guard report.unknown < 0 else { return "system call \(report.unknown) stands in no list of the shim" }
        if fault.endsTheProgram, report.status != 137 { return "it was not killed but ended with \(report.status)" }
        if [16, 18].contains(report.status) { return "it said \(said)" }
        if fault.isHarmless(at: call), report.status != 0 { return "it did not go on: \(said)" }
        if fault == .inputOutputError, report.status == 0, !mayBePassedOver(call) { return "it was passed over" }
        let leaks = scene.leaks(in: now, &searched)
        if !leaks.isEmpty { return "a secret stands in \(leaks)" }
        do { return try judgeState(report, strike, said, now) } catch {
            return "\(report.status), and then the vault: \(error)"
        }
    }

    private func judgeState(
        _ report: ForkedProgram.Report, _ strike: Strike, _ said: String, _ now: Tree
    ) throws -> String? {
        // Most faults strike before anything is done, and what was looked at once need not be again.
        let isUntouched = now.isSame(as: tree)
        let seen = isUntouched ? before : try scene.seen()
        let isBefore = seen == before
        let isAfter = same(seen, after)
        guard isBefore || isAfter else { return "neither the state before nor the one after: \(seen as Any)" }
        if !strike.fault.endsTheProgram {
            if report.status == 0, !isAfter { return "status 0, and nothing was done" }
            if report.status != 0, !isBefore, !said.contains(Self.doneBut) {
                return "status \(report.status), and it was done: \(said)"
            }
        }
        if let problem = command.fault(scene, isAfter) { return problem }
        if isUntouched || report.status == 0 { return nil }
        let isNews = strike.fault == .torn || strike.fault == .kill && strike.isNews
        if let problem = judgeOther(isAfter: isAfter, opens: isNews) { return problem }
        return isNews ? try judgeNext(isAfter: isAfter) : nil
    }

    /// What is said where the change is made and something after it failed.
    private static var doneBut: Regex<Substring> {
        /The vault is changed, but|All was kept|is made, but the choice of the store could not be recorded/
    }

    /// After a kill: the same command once more, and another write.
    private func judgeNext(isAfter: Bool) throws -> String? {
        let next = try program.run(input: command.input?(scene) ?? [])
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
    private func judgeOther(isAfter: Bool, opens: Bool) -> String? {
        do throws(StoreError) {
            guard opens else {
                try scene.isBelievedByOther()
                return nil
            }
            let seen = try scene.seenByOther()
            return same(seen, isAfter ? after : beforeThere) ? nil : "the second host sees something else"
        } catch {
            if command.replacesIdentity, isAfter, error.code == .forged { return nil }
            return "the second host: \(error.code)"
        }
    }

    /// Whether a failure of `call` may go unsaid: a look beforehand that is taken again on the opened file, a lock where
    /// the file system has none, the words in a lock's file, sweeping, an end, and this host's own copy, which a write is
    /// done without. Never what else is read or written.
    private func mayBePassedOver(_ call: FileCall) -> Bool {
        if ["close", "flock", "newfstatat", "readlink", "getdents64", "unlink"].contains(call.name) { return true }
        if call.path == "s/vaults" || call.path.hasPrefix("s/vaults/") { return true }
        if call.path.hasSuffix("lock") { return call.name != "openat" }
        return call.name == "openat" && treeAfter.folders.contains(scene.home.path.appending(call.path))
    }

    private func same(_ seen: VaultFacts?, _ expected: VaultFacts?) -> Bool {
        switch (seen, expected) {
        case (nil, nil): true
        case (let seen?, let expected?): seen.isSame(as: expected, original: before?.identity)
        default: false
        }
    }
}

import SystemPackage

/// Looks at everything that could keep a run from working, here and now.
struct Examination {
    let context: Context

    /// What was found. The server is asked last, and signed in to once at most.
    func report() async -> DoctorReport {
        let kept = KeptExamination(context: context)
        var findings = ProcessExamination(folder: "/").findings
        findings += PlaceExamination(context: context).findings
        findings += kept.findings
        findings += await ServerExamination(context: context, canSignIn: !kept.hasFailed).findings()
        return DoctorReport(findings)
    }
}

extension Finding {
    /// What `body` finds, or that it fails.
    static func of(_ check: String, _ body: () throws -> [Finding]) -> [Finding] {
        do { return try body() } catch { return [.failure(check, Problem(from: error))] }
    }
}

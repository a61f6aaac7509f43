import SystemPackage

/// Looks at everything that could keep a run from working, here and now.
struct Examination {
    let context: Context

    /// What was found. The server is asked last, and signed in to once at most.
    func report() async -> DoctorReport { DoctorReport(machine + (await server())) }

    /// What is of no one server.
    var machine: [Finding] { ProcessExamination(folder: "/").findings + PlaceExamination(context: context).findings }

    /// What is kept for the server, and the server itself.
    func server() async -> [Finding] {
        let kept = KeptExamination(context: context)
        let server = await ServerExamination(context: context, canSignIn: !kept.hasFailed).findings()
        return (kept.findings + server).map { $0.about(context.serverName) }
    }
}

extension Finding {
    /// What `body` finds, or that it fails.
    static func of(_ check: String, _ body: () throws -> [Finding]) -> [Finding] {
        do { return try body() } catch { return [.failure(check, Problem(from: error))] }
    }
}

import QBittorrentClient

extension SetupLogin {
    /// How much may go wrong, before anything does.
    func tellAboutAttempts(_ context: Context) throws {
        guard context.world.prompt.isAllowed, !options.isGiven, probe == .needsLogin else { return }
        let left = try context.attemptsLeft(at: server)
        let end =
            switch left {
            case 0: "so many have failed that another one may get this address banned"
            case 1: "another one that fails ends it, because the server bans addresses for that"
            default: "\(left) that fail end it, because the server bans addresses for that"
            }
        context.world.output.note("one login proves it; \(end)")
    }

    /// What a refused person is told before the next try; throws where there must be none.
    ///
    /// - Parameter what: was refused.
    func tellAbout(_ error: ServerError, _ what: String, _ context: Context) throws {
        guard error.code != .wrongAPIKey else { return context.world.output.note("the server does not accept \(what)") }
        let left = try context.attemptsLeft(at: server)
        guard left > 0 else { throw try withAttempts(error, context) }
        let tries = left == 1 ? "1 more try" : "\(left) more tries"
        context.world.output.note("the server does not accept \(what); \(tries) before it is too risky")
    }

    /// The same, and how many more may fail.
    func withAttempts(_ error: ServerError, _ context: Context) throws -> Problem {
        let problem = Problem(error)
        guard error.code == .wrongPassword else { return problem }
        let left = try context.attemptsLeft(at: server)
        let words =
            switch left {
            case 0: "Runs without a person send none any more, because the server bans an address for failures."
            case 1: "One more may fail, then runs without a person stop: the server bans an address for failures."
            default: "\(left) more may fail, then runs without a person stop: the server bans an address for failures."
            }
        return Problem(problem.status, "\(problem.what) \(words)", at: problem.place, next: problem.next)
    }
}

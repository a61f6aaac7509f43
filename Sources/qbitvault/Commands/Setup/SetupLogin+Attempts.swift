import QBittorrentClient

extension SetupLogin {
    /// How much may go wrong, before anything does.
    func tellAboutAttempts(_ context: Context) throws {
        guard context.world.prompt.isAllowed, !options.isGiven, probe == .needsLogin else { return }
        let left = try context.attemptsLeft(at: server)
        let words = left == 1 ? "one more may fail" : left == 0 ? "no more should fail" : "\(left) may fail"
        context.world.output.note(
            "it is proved by one login; \(words), because the server bans an address for failures")
    }

    /// What a refused person is told before the next try; throws where there must be none.
    func tellAbout(_ error: ServerError, _ context: Context) throws {
        guard error.code != .wrongAPIKey else { return context.world.output.note("the server does not accept that") }
        let left = try context.attemptsLeft(at: server)
        guard left > 0 else { throw try withAttempts(error, context) }
        let tries = left == 1 ? "1 more try" : "\(left) more tries"
        context.world.output.note("the server does not accept that; \(tries) before it is too risky")
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

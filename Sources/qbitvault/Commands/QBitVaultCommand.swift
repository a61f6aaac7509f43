import ArgumentParser

/// A command: options, and the work done with them in a given world.
///
/// Each says its name in its configuration: the parser would work it out by reflection, for every command at each start.
protocol QBitVaultCommand: AsyncParsableCommand, Sendable {
    var global: GlobalOptions { get }
    /// Which servers it can be about.
    static var scope: ServerScope { get }

    func run(in context: Context) async throws
}

extension QBitVaultCommand {
    static var scope: ServerScope { .one }

    /// The border: every error becomes words and an exit status here.
    func run() async throws {
        let world = World.live(global)
        do {
            try Self.scope.check(global)
            try await run(in: Context(world, global, Self.scope))
        } catch let code as ExitCode {
            throw code
        } catch {
            let problem = Problem(from: error).about(global.server)
            world.output.problem(problem)
            throw ExitCode(problem.status.rawValue)
        }
    }
}

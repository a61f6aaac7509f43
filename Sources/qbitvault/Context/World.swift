import Glibc
import Logging
import SystemPackage

/// The few things through which the program touches the outside.
struct World: Sendable {
    /// The process environment. Never asked for the value of a secret, but for the one that a proxy's address may hold.
    let environment: @Sendable (_ name: String) -> String?
    let workingFolder: FilePath
    var prompt: Prompt
    var output: Output
    /// What `-v` tells.
    var log: Logger
    /// What opens the vault in this run.
    let vaultAccess: VaultAccess

    var folders: Folders { Folders(environment: environment) }

    static func live(_ options: GlobalOptions) -> World {
        let environment = { @Sendable (name: String) in unsafe getenv(name).map { unsafe String(cString: $0) } }
        return World(
            environment: environment,
            workingFolder: currentFolder,
            prompt: Prompt(isAllowed: !options.noInput && Terminal.isTerminal(.standardInput)),
            output: Output(isJSON: options.json, isQuiet: options.quiet),
            log: StandardErrorLog.logger(
                verbosity: options.verbose, isColored: options.color.isColored(environment: environment)),
            vaultAccess: VaultAccess(taking: options.vaultAccess)
        )
    }

    private static var currentFolder: FilePath {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe FilePath(platformString: path)
    }
}

import Glibc
package import Secrets
package import Subprocess
package import SystemPackage

/// A home folder for one test: everything that the program reads and writes by default is in it.
package struct TestHome: Sendable {
    package let path: FilePath

    package var configuration: FilePath { path.appending("config") }
    package var data: FilePath { path.appending("data") }
    package var state: FilePath { path.appending("state") }
    package var runtime: FilePath { path.appending("run") }

    /// Makes a home for the duration of `body` and removes it afterwards.
    package static func with<R>(
        named prefix: String = "/tmp/qbitvault-test.", _ body: (TestHome) async throws -> R
    ) async throws -> R {
        let home = TestHome(path: try Files.makeScratchFolder(named: prefix))
        defer { try? Files.removeTree(home.path) }
        for folder in [home.configuration, home.data, home.state, home.runtime, home.temporary, home.cache] {
            guard unsafe mkdir(folder.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
        }
        return try await body(home)
    }

    /// Runs the built `qbitvault` with this home. Of the caller's environment it sees `PATH` alone.
    ///
    /// - Parameters:
    ///   - input: nil is an empty standard input.
    ///   - environment: what is set in addition, or differently.
    ///   - folder: where it runs; nil is the home itself.
    ///   - starter: a program that starts it, with what comes before its own name: `["prlimit", "--as=1000000"]`.
    package func run(
        _ arguments: [String],
        input: ToolInput? = nil,
        environment: [String: String] = [:],
        in folder: FilePath? = nil,
        by starter: [String] = []
    ) async throws -> ToolRun {
        let tool = try Self.tool
        return try await .of(
            starter.first.map { .name($0) } ?? .path(tool),
            starter.isEmpty ? arguments : starter.dropFirst() + [tool.string] + arguments,
            input: input,
            environment: .custom(self.environment.merging(environment) { _, given in given }.asEnvironment),
            in: folder ?? path
        )
    }

    /// The files below this home in which `secret` stands, plainly or in one of its usual encodings.
    package func leaks(of secret: borrowing Secret) throws -> [FilePath] {
        let forms = SecretForms(of: secret)
        var found: [FilePath] = []
        for file in try Files.all(below: path) where forms.occur(in: try Files.bytes(file)) { found.append(file) }
        return found
    }

    /// What the program gets as its environment.
    package var environment: [String: String] {
        [
            "HOME": path.string, "XDG_CONFIG_HOME": configuration.string, "XDG_DATA_HOME": data.string,
            "XDG_STATE_HOME": state.string, "XDG_CACHE_HOME": cache.string, "XDG_RUNTIME_DIR": runtime.string,
            "TMPDIR": temporary.string,
            "PATH": unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin",
        ]
    }

    private var cache: FilePath { path.appending("cache") }
    private var temporary: FilePath { path.appending("tmp") }
}

extension [String: String] {
    /// As Subprocess takes an environment.
    package var asEnvironment: [Environment.Key: String] {
        reduce(into: [:]) { all, entry in
            if let key = Environment.Key(rawValue: entry.key) { all[key] = entry.value }
        }
    }
}

import Glibc
import Subprocess
package import SystemPackage

/// A program in the foreground that serves for as long as a test needs it, and not longer than the test process lives.
package struct KeptProcess: Sendable {
    package let pid: Int32

    /// Runs one for the duration of `body`, which begins when `isReady` says so.
    ///
    /// - Parameters:
    ///   - folder: one of its own. It is removed if the test process is killed.
    ///   - command: the program, and what it is told.
    package static func with<R: Sendable>(
        _ command: [String], in folder: FilePath, isReady: @Sendable () -> Bool,
        _ body: (KeptProcess) async throws -> R
    ) async throws -> R {
        let log = folder.appending("output")
        let output = try FileDescriptor.open(
            log, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
        let result = try await run(
            .name("python3"),
            arguments: Arguments([keeper, "--owner", "\(getpid())", folder.string] + command),
            input: .none,
            output: .fileDescriptor(output, closeAfterSpawningProcess: true),
            error: .combinedWithOutput
        ) { _ in
            let pid = try await recorded(in: folder)
            defer { kill(pid, SIGTERM) }
            for _ in 0..<1000 where !isReady() {
                guard kill(pid, 0) == 0 else { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            guard isReady() else {
                let said = String(decoding: try Files.bytes(log), as: UTF8.self)
                throw ToolFailure(program: command.first ?? "", status: 1, said: said)
            }
            return try await body(KeptProcess(pid: pid))
        }
        return result.closureResult
    }

    /// The process id, as soon as the keeper has written it down.
    private static func recorded(in folder: FilePath) async throws -> Int32 {
        for _ in 0..<1000 {
            let text = (try? Files.bytes(folder.appending("process"))).map { String(decoding: $0, as: UTF8.self) }
            if let pid = text?.split(separator: " ").first.flatMap({ Int32($0) }) { return pid }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw ToolFailure(program: "server_keeper.py", status: 1, said: "")
    }

    private static let keeper = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().removingLastComponent().appending("scripts/lib/server_keeper.py").string
}

import Glibc
package import Secrets
package import Subprocess
package import SystemPackage

/// How a child process ended, and what it wrote.
package struct ToolRun: Sendable {
    /// The exit status, or 128 and the number of the signal that ended it.
    package let status: Int32
    package let output: [UInt8]
    /// What it wrote to standard error.
    package let error: String

    /// Standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }

    /// Whether `secret` stands in anything that was written, plainly or in one of its usual encodings.
    package func shows(_ secret: borrowing Secret) -> Bool {
        let forms = SecretForms(of: secret)
        return forms.occur(in: output) || forms.occur(in: Array(error.utf8))
    }

    /// Runs a program to its end.
    package static func of(
        _ executable: Executable,
        _ arguments: [String],
        input: ToolInput? = nil,
        environment: Environment = .inherit,
        in folder: FilePath? = nil
    ) async throws -> ToolRun {
        let result = try await run(
            executable,
            arguments: Arguments(arguments),
            environment: environment,
            workingDirectory: folder,
            input: .fileDescriptor(
                try input?.descriptor ?? ToolInput.nothing().descriptor,
                closeAfterSpawningProcess: true
            ),
            output: .bytes(limit: 1 << 24),
            error: .bytes(limit: 1 << 24)
        )
        return ToolRun(
            status: Int32(result.terminationStatus),
            output: result.standardOutput,
            error: String(decoding: result.standardError, as: UTF8.self)
        )
    }

    /// The same, for a step that a test rests on: anything but success is thrown, with what the program said about it.
    package static func succeeding(
        _ executable: Executable,
        _ arguments: [String],
        input: ToolInput? = nil
    ) async throws -> ToolRun {
        let run = try await of(executable, arguments, input: input)
        guard run.status == 0 else { throw ToolFailure(program: "\(executable)", status: run.status, said: run.error) }
        return run
    }
}

/// A program that a test needs did not succeed.
package struct ToolFailure: Error {
    package let program: String
    package let status: Int32
    package let said: String

    package init(program: String, status: Int32, said: String) {
        (self.program, self.status, self.said) = (program, status, said)
    }
}

extension Int32 {
    fileprivate init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = code
        case .signaled(let signal): self = 128 + signal
        }
    }
}

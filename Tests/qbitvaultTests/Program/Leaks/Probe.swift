import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What looks for a secret in the memory of a program: compiled once a test process, by the compiler that comes with
/// Swift, and run as a program of its own because it has to be root, be it of a namespace.
struct Probe {
    private let folder: FilePath
    private let program: FilePath

    /// Makes one that looks for `secret` in whatever runs in `body`.
    static func with<R>(_ secret: borrowing Secret, _ body: (Probe) async throws -> R) async throws -> R {
        let probe = Probe(folder: try Files.makeScratchFolder(), program: try await compiled.value)
        defer { try? Files.removeTree(probe.folder) }
        guard unsafe mkfifo(probe.forms.string, 0o600) == 0 else { throw Errno(rawValue: errno) }
        // For writing alone it would wait for a reader.
        let pipe = try FileDescriptor.open(probe.forms, .readWrite, options: [.closeOnExec])
        defer { try? pipe.close() }
        try SecretForms(of: secret).with { lengths, forms in
            let head = ([lengths.count, secret.count] + lengths).map(String.init).joined(separator: " ") + "\n"
            try pipe.writeAll(head.utf8)
            _ = try unsafe forms.withUnsafeBytes { bytes in
                try unsafe pipe.writeAll(UnsafeRawBufferPointer(start: bytes, count: forms.count))
            }
        }
        return try await body(probe)
    }

    /// What starts a program so that it is looked into, before the program's own name. It serves for one run.
    var starter: [String] { ["unshare", "--map-root-user", program.string, forms.string, file.string] }

    /// What it has seen.
    func report() throws -> MemoryReport {
        try MemoryReport(String(decoding: Files.bytes(file), as: UTF8.self))
    }

    private var forms: FilePath { folder.appending("forms") }
    private var file: FilePath { folder.appending("report") }

    private static let compiled: Task<FilePath, any Error> = Task {
        let sources = FilePath(#filePath).removingLastComponent().appending("Probe")
        let program = try BuildFolder.path.appending("memory-probe")
        let files = try Files.entries(of: sources).filter { $0.extension == "c" }.map(\.string)
        // Beside it and then renamed: another test process may be running the one that is there.
        let draft = "\(program).\(UInt64.random(in: .min ... .max))"
        _ = try await ToolRun.succeeding(
            .name("clang"), ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-o", draft] + files)
        try Files.rename(FilePath(draft), to: program)
        return program
    }
}

extension Scene {
    /// Runs the program, and tells what was in its memory meanwhile.
    func probe(
        _ words: [String], for secret: borrowing Secret, input: consuming Secret? = nil,
        environment: [String: String] = [:]
    ) async throws -> (run: ToolRun, memory: MemoryReport) {
        let given = try Self.piped(input)
        return try await Probe.with(secret) { probe in
            let run = try await home.run(words, input: given, environment: environment, by: probe.starter)
            return (run, try probe.report())
        }
    }
}

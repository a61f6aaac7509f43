import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The real python-dotenv, which says what a file means.
enum PythonDotEnv {
    /// Names with values, in hexadecimal, in the order of the names. A name that stands alone has "none".
    typealias Reading = [String]

    /// What it reads from each file, or nil where it skips a line with a warning or cannot decode the file.
    static func read(_ files: [[UInt8]]) async throws -> [Reading?] {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        for (index, file) in files.enumerated() { try Files.write(file, to: folder.appending("\(index)")) }
        let result = try await run(
            .path(TestPython.path),
            arguments: ["-c", script, folder.string, "\(files.count)"],
            output: .string(limit: 64 << 20),
            error: .string(limit: 65_536)
        )
        try #require(result.terminationStatus == .exited(0), "\(result.standardError)")
        let lines = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropLast().map { line in
            line == "refused" ? nil : line.split(separator: " ").map(String.init)
        }
    }

    private static let script = """
        import logging, sys
        from dotenv import dotenv_values

        warnings = []
        handler = logging.Handler()
        handler.emit = warnings.append
        logging.getLogger("dotenv").addHandler(handler)
        logging.getLogger("dotenv").propagate = False

        def hexadecimal(text):
            return "none" if text is None else "x" + text.encode().hex()

        for index in range(int(sys.argv[2])):
            warnings.clear()
            try:
                values = dotenv_values(f"{sys.argv[1]}/{index}", interpolate=False, encoding="utf-8")
            except UnicodeDecodeError:
                print("refused")
                continue
            words = sorted(f"{hexadecimal(name)}={hexadecimal(value)}" for name, value in values.items())
            print("refused" if warnings else " ".join(words))
        """
}

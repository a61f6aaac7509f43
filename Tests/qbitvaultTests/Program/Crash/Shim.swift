import Subprocess
import SystemPackage
import TestSupport

/// What is preloaded into the program: compiled once a test process, by the compiler that comes with Swift.
enum Shim {
    static let library: Task<FilePath, any Error> = Task {
        let sources = FilePath(#filePath).removingLastComponent().appending("Shim")
        let library = try BuildFolder.path.appending("libfault-shim.so")
        let files = try Files.entries(of: sources).filter { $0.extension == "c" }.map(\.string)
        // Beside it and then renamed: another test process may be loading the one that is there.
        let draft = "\(library).\(UInt64.random(in: .min ... .max))"
        _ = try await ToolRun.succeeding(
            .name("clang"),
            ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", draft] + files)
        try Files.rename(FilePath(draft), to: library)
        return library
    }
}

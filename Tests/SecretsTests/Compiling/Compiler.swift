import Subprocess
import SystemPackage
import TestSupport

/// The real compiler, over the modules that were built.
enum Compiler {
    /// What it says about a source file that imports `Secrets` and lies in this package.
    static func judge(_ source: String) async throws -> ToolRun {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let file = folder.appending("Snippet.swift")
        try Files.write("import Secrets\n\(source)\n", to: file)
        // Down to SIL, because ownership is judged there and not by the type checker.
        return try await ToolRun.of(
            .name("swiftc"),
            [
                "-emit-sil", "-o", "/dev/null", "-swift-version", "6", "-package-name", packageName,
                "-I", try BuildFolder.path.appending("Modules").string,
                "-Xcc", "-fmodule-map-file=\(root.appending("Sources/CSodium/module.modulemap"))",
                file.string,
            ]
        )
    }

    private static let root = (0..<4).reduce(FilePath(#filePath)) { path, _ in path.removingLastComponent() }

    /// SwiftPM names a package after its folder.
    private static var packageName: String {
        let folder = root.lastComponent?.string.lowercased() ?? ""
        return String(folder.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}

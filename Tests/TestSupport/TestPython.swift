import Subprocess
package import SystemPackage

/// The Python that has what tests compare with: python-dotenv, libtorrent, PyNaCl, qbittorrent-api.
package enum TestPython {
    /// `scripts/python`, which makes itself complete when it is first used.
    package static let path = FilePath(#filePath).removingLastComponent()
        .appending("../../scripts/python").lexicallyNormalized()

    /// The interpreter itself, which needs nothing of this user's home.
    package static func interpreter() async throws -> String {
        let told = try await ToolRun.succeeding(.path(path), ["-c", "import sys; print(sys.executable, end='')"])
        return told.text
    }
}

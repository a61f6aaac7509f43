package import SystemPackage

/// The Python that has what tests compare with: python-dotenv, libtorrent, PyNaCl, qbittorrent-api.
package enum TestPython {
    /// `scripts/python`, which makes itself complete when it is first used.
    package static let path = FilePath(#filePath).removingLastComponent()
        .appending("../../scripts/python").lexicallyNormalized()
}

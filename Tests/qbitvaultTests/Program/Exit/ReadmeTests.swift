import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// README.md tells the statuses that there are.
@Suite struct ReadmeTests {
    @Test func theTableOfStatusesIsWhole() throws {
        let told = try cells().flatMap(numbers)
        #expect(Set(told).count == told.count, "a status is told twice")
        #expect(Set(told) == Set(ExitStatus.allCases.map(\.rawValue)))
    }

    @Test func aStatusIsToldByItsName() throws {
        // One word of each name, so that no two lines of the table are exchanged.
        for (status, word) in [
            (ExitStatus.vaultCannotBeOpened, "opened"), (.keyringLocked, "locked"), (.vaultRolledBack, "rolled back"),
            (.credentialsRefused, "refused"), (.refusedBefore, "before"), (.plainHTTPNotAllowed, "plain http"),
            (.sourceOrPathWrong, "source"), (.notEnoughMemory, "memory"), (.configuration, "configuration"),
        ] {
            let cell = try #require(cells().first { numbers(in: $0).contains(status.rawValue) })
            #expect(cell.contains(word))
        }
    }

    /// The cells below "Exit statuses".
    private func cells() throws -> [Substring] {
        let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .removingLastComponent().removingLastComponent()
        let text = String(decoding: try Files.bytes(root.appending("README.md")), as: UTF8.self)
        let section = try #require(text.split(separator: "## Exit statuses").last?.split(separator: "\n## ").first)
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| -") }
        return rows.flatMap { $0.split(separator: "|") }
    }

    /// `126, 127 exec; 129, 130 signals`: every number there is.
    private func numbers(in cell: Substring) -> [Int32] {
        cell.split { !$0.isNumber }.compactMap { Int32($0) }
    }
}

import TestSupport
import Testing

@testable import qbitvault

/// Of the program, and not of the tests' library.
typealias ExitStatus = qbitvault.ExitStatus

/// One real cause of an exit status.
struct ExitCase: Sendable, CustomTestStringConvertible {
    let status: ExitStatus
    let cause: String
    let run: @Sendable (Scene) async throws -> ToolRun

    init(_ status: ExitStatus, _ cause: String, _ run: @escaping @Sendable (Scene) async throws -> ToolRun) {
        self.status = status
        self.cause = cause
        self.run = run
    }

    var testDescription: String { "\(status.rawValue) \(cause)" }

    static let all =
        servers + vaults + keyrings + sources + permissions + settings + severalServers + creation + processes

    /// Statuses that no run of today ends with for a cause that a test can bring about.
    static let uncovered: [ExitStatus: String] = [
        .unexpected: "it stands for what nobody foresaw",
        .resultNotAsAsked: "real servers make what is asked; the rooms below compare a forged torrent",
    ]
}

import TestSupport
import Testing

@testable import qbitvault

/// A fault, and how `check` ends where it happens. At the logout nothing is lost any more, so there it always succeeds.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Fault
    let probe: ExitStatus
    let login: ExitStatus
    let call: ExitStatus
    /// Whether the server cannot have seen the password.
    let isUnheard: Bool

    init(
        _ name: String, _ fault: Fault, probe: ExitStatus, login: ExitStatus, call: ExitStatus,
        isUnheard: Bool = false
    ) {
        self.name = name
        self.fault = fault
        self.probe = probe
        self.login = login
        self.call = call
        self.isUnheard = isUnheard
    }

    init(_ name: String, _ fault: Fault, _ status: ExitStatus, isUnheard: Bool = false) {
        self.init(name, fault, probe: status, login: status, call: status, isUnheard: isUnheard)
    }

    func status(at stage: Fault.Stage) -> ExitStatus {
        switch stage {
        case .probe: probe
        case .login: login
        case .call: call
        case .logout: .done
        }
    }

    var testDescription: String { name }

    static let all = connections + silences + heads + cookies + lengths + bodies + statuses
}

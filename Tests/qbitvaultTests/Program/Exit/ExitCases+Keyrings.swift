import SystemPackage
import TestSupport

@testable import qbitvault

extension ExitCase {
    static let keyrings = [
        ExitCase(.keyringLocked, "a keyring that its owner has locked") { scene in
            try await KeyringSession.with(.unlocked) { session in
                let bus = session.environment.filter { $0.key == "XDG_RUNTIME_DIR" }
                try await scene.succeed(
                    ["credential", "set", "QBIT_PASSWORD", "--stdin"], input: scene.newSecret(), environment: bus)
                try await session.lock()
                return try await scene.run(["credential", "delete", "QBIT_PASSWORD"], environment: bus)
            }
        },
        ExitCase(.noKeyringService, "no session bus") { scene in
            try await scene.run(["credential", "list", "--store", "keyring"])
        },
        ExitCase(.noKeyringService, "a first write, and neither store nor keyring") { scene in
            try await scene.run(["credential", "set", "TRACKER", "--stdin"], input: scene.newSecret())
        },
        ExitCase(.secretSourceTimedOut, "a bus that says nothing") { scene in
            try await StandIn.with(.stayMute) { bus in
                try await scene.run(
                    ["credential", "list", "--store", "keyring"],
                    environment: [
                        "DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=\(bus.port)",
                        "QBITVAULT_KEYRING_TIMEOUT": "0.5",
                    ])
            }
        },
    ]
}

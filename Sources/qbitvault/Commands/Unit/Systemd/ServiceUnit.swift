import CredentialStores
import SystemPackage

/// The service that runs a command line once.
struct ServiceUnit {
    let plan: UnitPlan
    let version: SystemdVersion
    /// Whether it is the user's own manager that runs it.
    let isUsers: Bool
    /// Nil where it is a user's own.
    let user: String?
    /// Minutes between two runs; nil where it is not known.
    let period: Int?

    var fileName: String { plan.name + ".service" }

    /// Where units of its kind go.
    var folder: String { isUsers ? "~/.config/systemd/user" : "/etc/systemd/system" }

    var text: String {
        var unit = UnitText(for: version)
        head(&unit)
        unit.section("Unit")
        unit.set("Description", SystemdText.rest(plan.words.printable))
        if !isUsers, !plan.staysOnThisMachine {
            unit.set("Wants", "network-online.target")
            unit.set("After", "network-online.target")
        }
        // Those of the timer count too.
        let starts = 4 * max(1, 60 / (period ?? 1))
        unit.set(
            "StartLimitIntervalSec", "1h", "At most \(starts) starts an hour, where runs that fail are tried again.")
        unit.set("StartLimitBurst", "\(starts)")
        unit.comment("Tell somebody, by a unit of yours:", "OnFailure=tell-me@%n.service")
        unit.section("Service")
        running(&unit)
        credentials(&unit)
        files(&unit)
        confinement(&unit)
        return unit.text
    }

    /// What is to be done before the first start, in this order.
    var steps: [String] {
        var steps: [String] = []
        if let key = plan.credentials.key, isEncrypted {
            steps += [
                "\(sudo)install -d -m 700 \(credentialStore)",
                "\(sudo)systemd-creds encrypt \(isUsers ? "--user " : "")--name=\(key.name) "
                    + "\(ShellWord(key.file.string)) \(credentialStore)/\(key.name)",
            ]
        }
        if !isUsers {
            let user = user ?? "root"
            if !plan.pinning.isEmpty { steps.append("sudo install -d -m 700 -o \(user) /var/lib/qbitvault") }
            steps += plan.pinning.map { command in
                "sudo -u \(user) env STATE_DIRECTORY=/var/lib/qbitvault \(ShellWord(plan.program.string)) \(command)"
            }
        }
        return steps
    }

    private func head(_ unit: inout UnitText) {
        unit.comment("\(folder)/\(fileName): made by `qbitvault unit systemd` for systemd \(version.number).", "")
        if !steps.isEmpty {
            unit.comment("Before the first start:")
            for step in steps { unit.comment("  \(step)") }
        }
        let manager = isUsers ? "systemctl --user" : "sudo systemctl"
        unit.comment(
            "With its timer in place:", "  \(manager) daemon-reload", "  \(manager) enable --now \(plan.name).timer",
            "Try it, and see what it says:", "  \(manager) start \(fileName)",
            "  journalctl \(isUsers ? "--user " : "")-u \(fileName)")
        if isUsers { unit.comment("To run while nobody is logged in:", "  sudo loginctl enable-linger \"$USER\"") }
    }

    private func running(_ unit: inout UnitText) {
        unit.set("Type", "oneshot")
        let words = [plan.program.string] + plan.arguments
        unit.set("ExecStart", words.map(SystemdText.word).joined(separator: " "))
        if let user { unit.set("User", user) }
        unit.set(
            "Restart", "on-failure", since: 244,
            "Again only after what may pass: statuses \(ExitStatus.passing.listed).")
        unit.set("RestartSec", "2min", since: 244)
        unit.set(
            "RestartPreventExitStatus", ExitStatus.lasting.listed, since: 244,
            "These stay as they are until somebody acts, and a refused password is not to be sent again.")
        unit.set(
            "SuccessExitStatus", "\(ExitStatus.terminated.rawValue)",
            "Ended by `systemctl stop`, after it has signed out.")
        unit.set("TimeoutStopSec", "60s", "It ends the session on the server before it goes.")
    }

    private func credentials(_ unit: inout UnitText) {
        var variables = plan.settings
        if let caution = plan.credentials.caution { unit.comment(caution) }
        if let key = plan.credentials.key {
            if !takesCredentials {
                variables += key.variables
            } else if isEncrypted {
                unit.set(
                    "LoadCredentialEncrypted", "\(key.name):\(encryptedKey(key))",
                    "What opens the vault, encrypted for this machine alone and readable to this service while it runs."
                )
            } else {
                unit.set(
                    "LoadCredential", "\(key.name):\(SystemdText.rest(key.file.string))",
                    "What opens the vault, readable to this service while it runs.")
            }
        } else if plan.credentials.asksProgram {
            unit.comment("The vault's passphrase comes from a program, which runs confined as this service is.")
        }
        if isUsers { variables += plan.stateVariables }
        unit.set("Environment", eachOf: variables.map(SystemdText.variable))
    }

    /// A user's manager has no better place for a key than the file that it would be read from, until it can decrypt.
    var takesCredentials: Bool { version.number >= (isUsers ? 256 : 247) }
    private var isEncrypted: Bool { plan.credentials.key != nil && version.number >= (isUsers ? 256 : 250) }
    private var sudo: String { isUsers ? "" : "sudo " }
    private var credentialStore: String { isUsers ? "~/.config/credstore.encrypted" : "/etc/credstore.encrypted" }

    private func encryptedKey(_ key: UnitCredentials.Key) -> String {
        // One file for all units that the same key serves. %h is the home.
        "\(isUsers ? "%h/.config/credstore.encrypted" : credentialStore)/\(key.name)"
    }
}

extension ExitStatus {
    /// What may be otherwise a little later.
    static let passing: [ExitStatus] = [
        .secretSourceTimedOut, .busy, .serverUnreachable, .creatorQueueFull, .timedOut, .serverError, .notEnoughMemory,
    ]

    /// What stays until somebody acts.
    static var lasting: [ExitStatus] { allCases.filter { !passing.contains($0) && $0 != .done && $0.rawValue < 128 } }
}

extension [ExitStatus] {
    fileprivate var listed: String { map { "\($0.rawValue)" }.joined(separator: " ") }
}

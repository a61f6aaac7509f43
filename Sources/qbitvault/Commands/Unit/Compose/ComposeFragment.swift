import QBittorrentClient
import SystemPackage

/// A service of a compose file, its secrets and the volume that its state is in.
struct ComposeFragment {
    let plan: UnitPlan
    let image: String
    /// `uid:gid`; whom the files that are mounted belong to.
    let user: String

    /// In the container.
    static let stateFolder: FilePath = "/var/lib/qbitvault"
    private static let program = "/usr/local/bin/qbitvault"

    var command: [String] { [Self.program] + plan.arguments }

    /// What is to be done before it runs: its state knows no certificate yet.
    var steps: [String] { plan.pinning.map { "docker compose run --rm \(plan.name.composeName) \($0)" } }

    var text: String {
        var lines = head
        lines += ["services:", "  \(plan.name.composeName):", "    image: \(Self.scalar(image))"]
        lines += ["    entrypoint: [\(Self.scalar(Self.program))]"]
        lines += ["    command: [\(plan.arguments.map(Self.scalar).joined(separator: ", "))]"]
        lines += ["    # Whom the files below belong to: qbitvault believes no others."]
        lines += ["    user: \(Self.scalar(user))"]
        lines += [
            "    # It runs once and ends. A clock outside starts it: a systemd timer or cron, by `docker compose run`.",
            "    restart: \"no\"", "    init: true",
        ]
        lines += confinement + environment + secrets + volumes + network
        if let key = plan.credentials.key {
            lines += ["", "secrets:", "  \(Self.secretName(key)):", "    file: \(Self.scalar(key.file.string))"]
        }
        lines += ["", "volumes:", "  qbitvault-state: {}"]
        return lines.joined(separator: "\n") + "\n"
    }

    private var head: [String] {
        let caution = plan.credentials.caution.map { [$0] } ?? []
        let words = [
            "\(plan.words): made by `qbitvault unit compose`.",
            "Put it into a compose file, and run it by: docker compose run --rm \(plan.name.composeName)",
            "The image has to hold qbitvault at \(Self.program), and what it is linked with.",
        ]
        return (words + steps.map { "First: \($0)" } + caution).map { "# " + $0.printable }
    }

    private var confinement: [String] {
        [
            "    read_only: true", "    cap_drop: [ALL]", "    security_opt: [\"no-new-privileges:true\"]",
            "    # Secrets are kept in memory that is never swapped, and in no core file.",
            "    ulimits: {memlock: 67108864, core: 0}",
            "    tmpfs: [\"/tmp:mode=1777,size=16m\"]",
        ]
    }

    private var environment: [String] {
        var all = plan.settings
        all.append((name: "HOME", value: "/"))
        all.append((name: "STATE_DIRECTORY", value: Self.stateFolder.string))
        return ["    environment:"] + all.map { "      \($0.name): \(Self.scalar($0.value))" }
    }

    /// In /run/secrets, where the program looks for it by that name.
    private var secrets: [String] {
        guard let key = plan.credentials.key else { return [] }
        return [
            "    # What opens the vault, as /run/secrets/\(key.name).", "    secrets:",
            "      - source: \(Self.secretName(key))", "        target: \(Self.scalar(key.name))",
        ]
    }

    private static func secretName(_ key: UnitCredentials.Key) -> String {
        key.name.replacing(".", with: "_")
    }

    /// Everything lies where it lies outside, so the command line is the same.
    private var volumes: [String] {
        let state = [
            "    volumes:",
            "      # Failed logins, pinned certificates and vaults, journals: in memory they would be forgotten.",
            "      - {type: volume, source: qbitvault-state, target: \(Self.scalar(Self.stateFolder.string))}",
        ]
        let reads = plan.mounts.map { Self.mount($0, isWritable: false) }
        return state + reads + plan.writes.map { Self.mount($0, isWritable: true) }
    }

    private static func mount(_ path: FilePath, isWritable: Bool) -> String {
        let path = scalar(path.string)
        return "      - {type: bind, source: \(path), target: \(path), read_only: \(!isWritable), "
            + "bind: {create_host_path: false}}"
    }

    private var network: [String] {
        guard !plan.servers.isEmpty || plan.files.becomes != nil else { return ["    network_mode: none"] }
        guard plan.servers.contains(where: \.isLoopback) else { return [] }
        return [
            "    # The server's address is this machine's own, which a network of the container's would not lead to.",
            "    # With qBittorrent in this compose file, leave this out and name it: http://SERVICE:8080.",
            "    network_mode: host",
        ]
    }

    /// A string that YAML reads as one, and in which compose replaces no variable.
    static func scalar(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "$": "$$"
            default:
                scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7f
                    ? String(scalar) : hexadecimal(scalar.value)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return #"\U"# + String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension UnitPlan {
    /// What has to be mounted: the image has the program.
    fileprivate var mounts: [FilePath] { reads(withKey: false).filter { $0 != program && $0 != files.becomes } }
}

extension String {
    /// A key of a mapping as it stands.
    fileprivate var composeName: String { ComposeFragment.scalar(self) }
}

import CredentialStores
import SystemPackage

extension ServiceUnit {
    /// The file system is closed but for what the command line names.
    func files(_ unit: inout UnitText) {
        guard !isUsers else {
            unit.comment(
                "A user's own manager can close the file system only in a user namespace, where the owner of a file cannot be",
                "told, and qbitvault believes no file like that. A system unit (without --user) is confined further.")
            return
        }
        unit.set(
            "StateDirectory", "qbitvault",
            "/var/lib/qbitvault: failed logins, pinned certificates and vaults, journals.")
        unit.set("StateDirectoryMode", "0700")
        unit.set(
            "ProtectSystem", "strict",
            "Everything is read-only but the state and what is named here, which has to be there.")
        let (reads, writes) = (plan.reads(withKey: !takesCredentials), plan.writes)
        unit.set("ReadOnlyPaths", eachOf: visible(reads))
        unit.set("ReadWritePaths", eachOf: visible(writes))
        unit.set("ProtectHome", "tmpfs", "Homes are empty but for what is named here.")
        unit.set("BindReadOnlyPaths", eachOf: hidden(reads), since: 233)
        unit.set("BindPaths", eachOf: hidden(writes), since: 233)
        unit.set("PrivateTmp", "yes")
    }

    func confinement(_ unit: inout UnitText) {
        let runsAnything = plan.files.becomes != nil || plan.credentials.asksProgram
        if runsAnything { unit.comment("Another program is run in here. What it writes needs ReadWritePaths= too.") }
        unit.set("NoNewPrivileges", "yes")
        unit.set(
            "LimitMEMLOCK", "64M", "Secrets are kept in memory that is never swapped, and in no core file.")
        unit.set("LimitCORE", "0")
        if !isUsers {
            if user == "root" {
                unit.set(
                    "CapabilityBoundingSet", "CAP_DAC_OVERRIDE", "Root has no other way into the folders of others.")
            } else {
                unit.set("CapabilityBoundingSet", "")
            }
            unit.set("AmbientCapabilities", "")
            unit.set("PrivateDevices", "yes")
            unit.set("ProtectKernelTunables", "yes")
            unit.set("ProtectKernelModules", "yes")
            unit.set("ProtectKernelLogs", "yes", since: 244)
            unit.set("ProtectControlGroups", "yes")
            unit.set("ProtectClock", "yes", since: 245)
            unit.set("ProtectHostname", "yes", since: 242)
            unit.set("ProtectProc", "invisible", since: 247)
            // The vault looks at /proc/meminfo and control groups before it takes memory for a passphrase.
            unit.set("RemoveIPC", "yes")
        }
        network(&unit)
        if !runsAnything { unit.set("MemoryDenyWriteExecute", "yes") }
        unit.set("LockPersonality", "yes")
        unit.set("RestrictNamespaces", "yes")
        unit.set("RestrictRealtime", "yes")
        unit.set("RestrictSUIDSGID", "yes", since: 242)
        unit.set("SystemCallArchitectures", "native")
        unit.set("SystemCallFilter", eachOf: ["@system-service", "~@privileged @obsolete"])
        unit.set("SystemCallErrorNumber", "EPERM")
        unit.set("KeyringMode", "private")
    }

    private func network(_ unit: inout UnitText) {
        let isOffline = plan.servers.isEmpty && plan.files.becomes == nil && !plan.credentials.asksProgram
        if isOffline {
            unit.set("RestrictAddressFamilies", "AF_UNIX", "It needs no network.")
            if !isUsers { unit.set("PrivateNetwork", "yes") }
            return
        }
        unit.set(
            "RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX AF_NETLINK",
            "The server, and what looks up its name: local sockets, and the kernel's list of addresses.")
        guard plan.staysOnThisMachine, !isUsers, !plan.credentials.asksProgram else { return }
        unit.set("IPAddressDeny", "any", "The server is on this machine, and nothing else is talked to.")
        unit.set("IPAddressAllow", "localhost")
    }

    private func visible(_ paths: [FilePath]) -> [String] {
        paths.filter { !Self.isHidden($0) }.map { SystemdText.path($0.string) }
    }

    private func hidden(_ paths: [FilePath]) -> [String] {
        paths.filter(Self.isHidden).map { SystemdText.path($0.string) }
    }

    /// Whether a service sees another folder there.
    private static func isHidden(_ path: FilePath) -> Bool {
        let folders: [FilePath] = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"]
        return folders.contains { path.starts(with: $0) }
    }
}

extension UnitPlan {
    /// Files and folders that it reads, each once.
    func reads(withKey: Bool) -> [FilePath] {
        var paths = [program] + files.reads + [files.becomes, configuration].compactMap(\.self)
        switch credentials.store {
        // The folder: a changed vault is a new file in it.
        case .vault(let path): if !files.changesVault { paths.append(path.removingLastComponent()) }
        case .dotEnv(let path): paths.append(path)
        case .keyring: break
        }
        if withKey, let key = credentials.key { paths.append(key.file) }
        return Self.once(paths, without: writes)
    }

    /// Folders that it writes to, beside its state.
    var writes: [FilePath] {
        var paths = files.writes
        if files.changesVault, case .vault(let path) = credentials.store { paths.append(path.removingLastComponent()) }
        return Self.once(paths, without: [])
    }

    private static func once(_ paths: [FilePath], without others: [FilePath]) -> [FilePath] {
        paths.reduce(into: []) { all, path in
            let path = path.lexicallyNormalized()
            if !all.contains(path), !others.contains(path) { all.append(path) }
        }
    }
}

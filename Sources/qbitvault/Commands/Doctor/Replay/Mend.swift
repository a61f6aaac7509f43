import SystemPackage

/// What makes a run work that would not: words, and where there is one the command that does it.
struct Mend {
    let lost: LostVariables
    let surrounding: Surrounding
    let account: Account
    let serverOption: String
    /// Where a key file is found whatever the environment says.
    let keyFile: FilePath?
    let hasStore: Bool

    /// - Parameter error: what a run there ends with.
    func words(for error: SignInReport.ToldError) -> String? {
        if error.status == ExitStatus.configuration.rawValue, surrounding == .systemd, account.isRoot {
            return
                "systemd gives a service of root's no HOME: write User=root into the unit (and look again: --with HOME)"
        }
        if !lost.folders.isEmpty { return "\(Self.onlyHere(lost.folders)); \(set(lost.folders))" }
        switch error.status {
        case ExitStatus.credentialNotFound.rawValue where !lost.credentials.isEmpty:
            return
                "\(Self.onlyHere(lost.credentials)); keep \(lost.credentials.count == 1 ? "it" : "them") where every run looks: \(keeping)"
        case ExitStatus.credentialNotFound.rawValue where !hasStore && lost.settings.isEmpty:
            return "keep a password where every run looks: \(Self.newVault(keyFile, serverOption))"
        case ExitStatus.vaultCannotBeOpened.rawValue, ExitStatus.notEnoughMemory.rawValue: return opening(error)
        case ExitStatus.keyringLocked.rawValue, ExitStatus.noKeyringService.rawValue,
            ExitStatus.secretSourceTimedOut.rawValue where error.place?.hasPrefix("keyring") == true:
            return "\(Self.noDesktop): \(Self.newVault(keyFile, serverOption))"
        default: break
        }
        if !lost.settings.isEmpty { return "\(Self.onlyHere(lost.settings)); \(set(lost.settings))" }
        return error.next
    }

    static let noDesktop = "a keyring is open while somebody is logged in; keep a vault instead"

    static func newVault(_ keyFile: FilePath?, _ serverOption: String) -> String {
        let file = keyFile.map { " --key-file \(ShellWord($0.string))" } ?? ""
        return "qbitvault setup\(serverOption) --store vault\(file)"
    }

    /// A key that lies where it is looked for without being named.
    private func opening(_ error: SignInReport.ToldError) -> String? {
        guard let keyFile else { return error.next }
        let named = lost.settings.filter { $0 == "QBITVAULT_KEY_FILE" || $0 == "QBITVAULT_PASSPHRASE_FILE" }
        let before = named.isEmpty ? "" : "\(Self.onlyHere(named)); "
        let command = "qbitvault vault slot add --key-file \(ShellWord(keyFile.string))"
        let after =
            surrounding == .docker
            ? ", and give that file to the container as the secret qbitvault.key, or its folder as a volume" : ""
        return "\(before)add a key that is found there: \(command)\(after)"
    }

    /// A shell's commands that put what is in variables into the store.
    private var keeping: String {
        let vault = keyFile.map { ["qbitvault vault init --key-file \(ShellWord($0.string))"] } ?? []
        let sets = lost.credentials.map { variable in
            let isFile = variable.hasSuffix("_FILE")
            let name = isFile ? variable.dropLast("_FILE".count) : variable[...]
            let plain = name.firstRange(of: "__").map { name[..<$0.lowerBound] } ?? name
            let command = "qbitvault credential set \(plain)\(serverOption) --stdin"
            return isFile ? "\(command) < \"$\(variable)\"" : "printf %s \"$\(variable)\" | \(command)"
        }
        return ((hasStore ? [] : vault) + sets).joined(separator: " && ")
    }

    private func set(_ names: [String]) -> String { surrounding.setting(names.joined(separator: ", ")) }

    private static func onlyHere(_ names: [String]) -> String {
        "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") set in this environment alone"
    }
}

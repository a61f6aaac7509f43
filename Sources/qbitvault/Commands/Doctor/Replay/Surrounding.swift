import ArgumentParser

/// Where a command runs that nobody watches: no terminal, no session bus, few variables.
enum Surrounding: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// A line in this user's crontab.
    case cron
    /// A service of the system that runs as this user.
    case systemd
    /// A container whose process has this user's number.
    case docker

    /// All variables that there are, beside those that a crontab, a unit or a compose file may set.
    func variables(of account: Account) -> [(name: String, value: String)] {
        let long = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        let user = [("HOME", account.home), ("LOGNAME", account.name), ("USER", account.name)]
        switch self {
        case .cron: return user.dropLast() + [("SHELL", "/bin/sh"), ("PATH", "/usr/bin:/bin")]
        case .systemd:
            // systemd gives a service of root's no home, unless the unit says User=root.
            let own = account.isRoot ? [] : user + [("SHELL", account.shell)]
            return own + [("LANG", "C.UTF-8"), ("PATH", long)]
        case .docker: return [("HOME", account.home), ("PATH", long)]
        }
    }

    /// The working folder.
    func folder(of account: Account) -> String { self == .cron ? account.home : "/" }

    /// How a variable is set for good.
    func setting(_ names: String) -> String {
        switch self {
        case .cron: "write it above the line in the crontab (NAME=value): \(names)"
        case .systemd: "write it into the unit (Environment=NAME=value): \(names)"
        case .docker: "give it to the container (environment: in the compose file, or -e): \(names)"
        }
    }
}

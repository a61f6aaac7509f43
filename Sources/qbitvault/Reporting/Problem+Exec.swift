import CredentialStores
import Glibc
import SystemPackage

extension Problem {
    /// - Parameter program: as it was named.
    init(cannotRun program: String, _ error: Errno) {
        switch error {
        case .noSuchFileOrDirectory where !isThere(program):
            self.init(.commandNotFound, "There is no such command.", at: program, next: "check its name and PATH")
        case .noSuchFileOrDirectory:
            self.init(
                .cannotExecute, "The command is there, and what is to run it is not.", at: program,
                next: "look at its first line (#!), or for the system that it was built for")
        case .argListTooLong:
            self.init(
                .cannotExecute, "Environment and arguments are more than the system takes.", at: program,
                next: "hand large credentials on by --fd")
        default:
            self.init(
                .cannotExecute, "The command cannot be run: \(error).", at: program,
                next: "name a program that this user may execute")
        }
    }

    init(zeroByteIn item: CredentialSelection.Item) {
        self.init(
            .secretSourceFailed, "\(item.name) holds a zero byte, and a variable would end there.",
            at: item.place.description, next: "hand it on by --fd, --tmpfile or --stdin \(item.name)")
    }

    init(twoCredentialsIn variable: String) {
        self.init(
            .usage, "Two credentials would be called \(variable).", at: "--as",
            next: "give one of them another name: --as NEW=NAME")
    }
}

/// Whether there is a file that the name of a program leads to, as execvp(3) looks for it.
private func isThere(_ program: String) -> Bool {
    if program.contains("/") { return unsafe access(program, F_OK) == 0 }
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    return path.split(separator: ":").contains { unsafe access("\($0)/\(program)", X_OK) == 0 }
}

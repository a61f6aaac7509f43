import ArgumentParser
import Glibc
import SystemPackage

/// Whom it runs as, for what the whole machine runs.
struct RunAsOption: ParsableArguments {
    @Option(help: ArgumentHelp("The user that it runs as; otherwise you.", valueName: "user"))
    var runAs: String?

    func validate() throws {
        guard let runAs else { return }
        let first = runAs.utf8.first.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_") }
        let rest = runAs.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || "-_".utf8.contains(byte)
        }
        guard first == true, rest, runAs.utf8.count <= 31 else {
            throw ValidationError("--run-as takes a user's name: small letters, digits, dashes and underscores.")
        }
    }
}

extension RunAsOption {
    /// Who it runs as.
    func name() throws -> String {
        if let runAs { return runAs }
        guard let entry = unsafe getpwuid(geteuid()) else {
            throw Problem(.usage, "You have no name on this machine.", at: "--run-as", next: "say --run-as USER")
        }
        return unsafe String(cString: entry.pointee.pw_name)
    }

    /// Says so where that user could not use the vault: it is believed by its owner alone.
    func warn(of plan: UnitPlan, _ output: Output) throws {
        guard let runAs, case .vault(let path) = plan.credentials.store else { return }
        guard let entry = unsafe getpwnam(runAs) else {
            return output.note("there is no user \(runAs) on this machine; what it runs with has to belong to it")
        }
        guard let owner = try? path.stat().userID, owner.rawValue != (unsafe entry.pointee.pw_uid) else { return }
        let folder = ShellWord(path.removingLastComponent().string)
        output.note("the vault is not \(runAs)'s, who could not use it: sudo chown -R \(runAs) \(folder)")
    }
}

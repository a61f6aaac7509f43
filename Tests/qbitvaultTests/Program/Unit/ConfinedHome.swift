import Glibc
import Subprocess
import SystemPackage
import TestSupport

@testable import qbitvault

/// A mount namespace in which a test's home is empty but for what a unit names, as systemd or docker would have it.
struct ConfinedHome {
    let home: FilePath
    /// Paths below the home that are there, and whether they can be written to.
    var binds: [(path: String, isWritable: Bool)] = []
    /// Secrets: the file, and where it is to be.
    var secrets: [(file: String, place: FilePath)] = []
    /// Empty folders that can be written to.
    var folders: [FilePath] = []
    /// Where the program is put; nil leaves it where it was built.
    var program: FilePath?

    /// What starts a program in it, before the program's own name.
    func starter() throws -> [String] {
        var script = [
            "set -e", "mount --make-rprivate /", "mount -t tmpfs -o mode=755 tmpfs /run", "mkdir /run/outside",
        ]
        script.append("mount --bind \(ShellWord(home.string)) /run/outside")
        for secret in secrets {
            // As systemd and docker do: nobody else can read it, and nobody can change it.
            script.append("mkdir -p \(ShellWord(secret.place.removingLastComponent().string))")
            script.append("install -m 400 \(ShellWord(secret.file)) \(ShellWord(secret.place.string))")
        }
        if let program {
            script.append("mount -t tmpfs -o mode=755 tmpfs \(program.removingLastComponent())")
            script.append("touch \(program); mount --bind \(ShellWord(try TestHome.tool.string)) \(program)")
        }
        script.append("mount -t tmpfs -o mode=755 tmpfs \(ShellWord(home.string))")
        for bind in binds {
            let path = FilePath(bind.path)
            var outside: FilePath = "/run/outside"
            // What lies elsewhere, such as the program, is seen as it is.
            guard path.starts(with: home) else { continue }
            outside.append(path.components.dropFirst(home.components.count))
            let (source, target) = (ShellWord(outside.string), ShellWord(path.string))
            script.append("if [ -d \(source) ]; then mkdir -p \(target)")
            script.append("else mkdir -p \(ShellWord(path.removingLastComponent().string)); touch \(target); fi")
            script.append("mount --bind \(source) \(target)")
            if !bind.isWritable { script.append("mount -o remount,bind,ro \(target)") }
        }
        for folder in folders {
            script.append("mount -t tmpfs -o mode=755 tmpfs \(folder.removingLastComponent())")
            script.append("mkdir -m 700 \(folder)")
        }
        script += ["umount /run/outside", "mount -o remount,ro \(ShellWord(home.string))", "exec \"$@\""]
        // Whoever is not root becomes it in a user namespace.
        let user = geteuid() == 0 ? [] : ["--user", "--map-root-user"]
        return ["unshare", "--mount"] + user + ["sh", "-c", script.joined(separator: "\n"), "sh"]
    }

    /// Runs `command` in it, with `environment` and nothing else.
    func run(_ command: [String], _ environment: [String: String]) async throws -> ToolRun {
        let starter = try starter()
        let variables = environment.map { "\($0.key)=\($0.value)" }
        return try await ToolRun.of(
            .name(starter[0]), starter.dropFirst() + ["/usr/bin/env", "-i"] + variables + command, in: "/")
    }
}

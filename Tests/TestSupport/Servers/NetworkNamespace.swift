import Glibc
import SystemPackage

/// A network of its own, in which nothing leads out: loopback with both families, an address that is not loopback, and
/// names for them.
package struct NetworkNamespace: Sendable {
    /// An address that counts as another machine's.
    package static let elsewhere = "10.77.0.1"
    /// A name for `elsewhere`.
    package static let elsewhereName = "nas.test"
    /// A name with two addresses: ::1 and 127.0.0.1.
    package static let bothFamilies = "both.test"

    /// What starts a program in it, such as `["nsenter", …]`, before the program's own name.
    package let starter: [String]

    /// Makes one for the duration of `body`.
    package static func with<R: Sendable>(_ body: (NetworkNamespace) async throws -> R) async throws -> R {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let hosts = """
            127.0.0.1 localhost \(bothFamilies)
            ::1 localhost \(bothFamilies)
            \(elsewhere) \(elsewhereName)

            """
        try Files.write(hosts, to: folder.appending("hosts"))
        try Files.setMode(folder.appending("hosts"), 0o644)
        let script = """
            ip link set lo up
            ip address add \(elsewhere)/32 dev lo
            mount --bind "$1/hosts" /etc/hosts
            touch "$1/ready"
            exec sleep infinity
            """
        // Whoever is not root becomes it in a user namespace, which is as far as it has to reach.
        let user = geteuid() == 0 ? [] : ["--user", "--map-root-user"]
        let command = ["unshare", "--net", "--mount"] + user + ["sh", "-ec", script, "sh", folder.string]
        return try await KeptProcess.with(
            command, in: folder, isReady: { (try? folder.appending("ready").stat()) != nil }
        ) { holder in
            let credentials = user.isEmpty ? [] : ["--user", "--preserve-credentials"]
            let enter = ["nsenter", "--target", "\(holder.pid)", "--net", "--mount"] + credentials
            return try await body(NetworkNamespace(starter: enter))
        }
    }
}

import Glibc

/// This process's user, as the system knows it: what the environment says of that may be made up.
struct Account: Hashable, Sendable {
    let name: String
    let home: String
    let shell: String
    var isRoot: Bool { number == 0 }
    private let number: UInt32

    static var own: Account {
        let number = geteuid()
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>? = nil
        var room = [CChar](repeating: 0, count: 16_384)
        guard unsafe getpwuid_r(number, &entry, &room, room.count, &found) == 0, unsafe found != nil else {
            // A container may have users without a name.
            return Account(name: "\(number)", home: "/", shell: "/bin/sh", number: number)
        }
        return unsafe Account(
            name: String(cString: entry.pw_name), home: String(cString: entry.pw_dir),
            shell: String(cString: entry.pw_shell), number: number)
    }
}

import Glibc
import SecureFiles
import SystemPackage

extension Unsafety {
    var sentence: String {
        switch self {
        case .owner(let user): "It belongs to another user (\(user)), so it is not believed."
        case .mode(let mode): "It is open to others (mode \(mode.octal))."
        case .writable(let mode): "Others can write to it (mode \(mode.octal))."
        case .symbolicLink: "It is a symbolic link, which could lead anywhere."
        case .danglingLink: "It is a symbolic link that leads to nothing."
        case .notRegular(let kind): "It is not a regular file: it is \(kind.words)."
        case .hardLinked: "It has more than one name, so somebody else may hold it."
        case .folderOwner(let user):
            "This folder belongs to another user (\(user)), who could put another file in the place of the right one."
        case .folderMode(let mode):
            "Others can write to this folder (mode \(mode.octal)), and could put another file in the place of the right one."
        }
    }

    /// What to do: some words, then a command that does it.
    func remedy(for path: String) -> String {
        let file = ShellWord(path)
        return switch self {
        case .owner: "make it yours: \(Self.chown) \(file)"
        case .mode: "close it to others: chmod go-rwx \(file)"
        case .writable: "close it to others' writing: chmod go-w \(file)"
        case .symbolicLink: #"put the file itself there: mv -T "$(readlink -f \#(file))" \#(file)"#
        case .danglingLink: "remove the link, and put the file there: rm \(file)"
        // Nothing there is anybody's to move.
        case .notRegular where ["/dev/", "/proc/"].contains(where: path.hasPrefix):
            "name a regular file; what a pipe gives is read by a descriptor, as in --password-fd N"
        // Nor is the root, or a folder of the system's in it.
        case .notRegular where FilePath(path).components.count < 2: "name a regular file"
        case .notRegular: "move it away, and put the file there: mv -T \(file) \(ShellWord(path + ".away"))"
        case .hardLinked:
            "make it a file of its own: cp -p \(file) \(ShellWord(path + ".copy")) && mv -T \(ShellWord(path + ".copy")) \(file)"
        case .folderOwner: "keep it in a folder of your own, or make this one yours: \(Self.chown) \(file)"
        case .folderMode: "close the folder to others' writing: chmod go-w \(file)"
        }
    }

    /// Only root may give files away.
    private static var chown: String { geteuid() == 0 ? "chown -h 0" : "sudo chown -h \(geteuid())" }
}

extension FileKind {
    fileprivate var words: String {
        switch self {
        case .folder: "a folder"
        case .pipe: "a named pipe"
        case .socket: "a socket"
        case .device: "a device"
        }
    }
}

extension UInt16 {
    fileprivate var octal: String { String(self, radix: 8) }
}

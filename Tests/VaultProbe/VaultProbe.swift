import CredentialStores
import Glibc
import Secrets
import SystemPackage

/// One of many processes that use one vault at the same time.
///
/// `VaultProbe write FOLDER WRITER COUNT` writes so many entries, each with a name of its own. `VaultProbe read FOLDER`
/// opens the vault afresh again and again until there is a file `stop`, and tells how often. What went wrong stands on
/// standard error, and the status is 1.
@main
enum VaultProbe {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        do {
            switch (words.first, words.count) {
            case ("write", 4): try write(to: FilePath(words[1]), as: words[2], count: Int(words[3]) ?? 0)
            case ("read", 2): try read(FilePath(words[1]))
            default: exit(2)
            }
        } catch {
            say("\(error)", to: .standardError)
            exit(1)
        }
    }

    private static func write(to folder: FilePath, as writer: String, count: Int) throws {
        let store = store(in: folder)
        for number in 0..<count {
            guard let name = CredentialName("NAME_\(writer)_\(number)") else { exit(2) }
            let value = Secret(copying: "writer \(writer), number \(number)".utf8)
            try store.write(
                value, for: CredentialKey(server: "default", name: name), boundTo: "http://localhost:8080")
        }
    }

    /// A generation that falls, or names that were there and are gone, would be an older file.
    private static func read(_ folder: FilePath) throws {
        var (rounds, generation, entries) = (0, UInt64(0), 0)
        while (try? folder.appending("stop").stat()) == nil {
            let store = store(in: folder)
            let next = try store.status().generation
            let count = try store.list().count
            guard next >= generation, count >= entries else { throw Fallen(from: generation, to: next) }
            // Each write adds one entry, and the making of the vault none; the list may be of a later file.
            guard UInt64(count) + 1 >= next else { throw Torn(generation: next, entries: count) }
            (rounds, generation, entries) = (rounds + 1, next, count)
            // The processor is for the writers.
            usleep(1_000_000)
        }
        say("\(rounds)")
    }

    private struct Fallen: Error { let from, to: UInt64 }

    private struct Torn: Error {
        let generation: UInt64
        let entries: Int
    }

    private static func store(in folder: FilePath) -> VaultStore {
        VaultStore(
            folder.appending("vault.qbv"), state: folder.appending("state"),
            keys: { (_) throws(StoreError) in try KeyFile.read(folder.appending("vault.key")) },
            patience: .seconds(120))
    }

    private static func say(_ text: String, to file: FileDescriptor = .standardOutput) {
        _ = try? file.writeAll("\(text)\n".utf8)
    }
}

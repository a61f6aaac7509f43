import CredentialStores
import Glibc
import Secrets
import SystemPackage

/// One of many processes that use one vault at the same time.
///
/// `VaultProbe write FOLDER WRITER COUNT` writes so many entries, each with a name of its own, and ends when they are
/// there. `VaultProbe read FOLDER` opens the vault afresh again and again until its standard input ends. Both say at the
/// end what they did; what went wrong stands on standard error, and the status is 1.
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
        var generation: UInt64 = 0
        for number in 0..<count {
            guard let name = CredentialName("NAME_\(writer)_\(number)") else { exit(2) }
            let value = Secret(copying: "writer \(writer), number \(number)".utf8)
            let key = CredentialKey(server: "default", name: name)
            try store.write(value, for: key, boundTo: "http://localhost:8080")
            let next = try store.status().generation
            guard next > generation else { throw Fallen(from: generation, to: next) }
            generation = next
        }
        say("\(count) written")
    }

    /// A generation that falls, or names that were there and are gone, would be an older file.
    private static func read(_ folder: FilePath) throws {
        var (rounds, generation, entries) = (0, UInt64(0), 0)
        while !isInputOver() {
            let store = store(in: folder)
            let next = try store.status().generation
            let count = try store.list().count
            guard next >= generation, count >= entries else { throw Fallen(from: generation, to: next) }
            (rounds, generation, entries) = (rounds + 1, next, count)
        }
        say("\(rounds) rounds")
    }

    private struct Fallen: Error { let from, to: UInt64 }

    /// Looks for a moment, so that many readers leave the processor to the writers.
    private static func isInputOver() -> Bool {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&input, 1, 20) != 0
    }

    private static func store(in folder: FilePath) -> VaultStore {
        VaultStore(
            folder.appending("vault.qbv"), state: folder.appending("state"),
            keys: { (_) throws(StoreError) in try KeyFile.read(folder.appending("vault.key")) },
            patience: .seconds(60))
    }

    private static func say(_ text: String, to file: FileDescriptor = .standardOutput) {
        _ = try? file.writeAll("\(text)\n".utf8)
    }
}

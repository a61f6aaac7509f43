import CredentialStores
import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// One call of `KeyringStore`, in an environment of the test's choosing.
///
/// `KeyringProbe VERB [SERVER NAME [ORIGIN]]`; a value comes by standard input and goes to standard output, and
/// the exit status tells the outcome.
@main
enum KeyringProbe {
    static func main() {
        #if Keyring
        do throws(StoreError) { exit(try run(Array(CommandLine.arguments.dropFirst()))) } catch {
            say("\(error.code)\n", to: .standardError)
            exit(Int32(status(of: error)))
        }
        #else
        exit(2)
        #endif
    }

    #if Keyring
    private static func run(_ words: [String]) throws(StoreError) -> Int32 {
        let store = KeyringStore(patience: patience)
        switch words.first {
        case "list":
            for record in try store.list() {
                let times = "\(record.created == nil ? "-" : "created") \(record.changed == nil ? "-" : "changed")"
                say("\(record.key.server) \(record.key.name) \(record.origins.joined(separator: ",")) \(times)\n")
            }
            return 0
        case "pair":
            let password = input()
            let credentials = Credentials(username: words[2], password: password)
            try store.write(credentials, server: words[1], boundTo: words[3])
            return 0
        default: break
        }
        guard words.count > 2, let name = CredentialName(words[2]) else { return 2 }
        let key = CredentialKey(server: words[1], name: name)
        switch words[0] {
        case "read":
            guard let found = try store.read(key) else { return 10 }
            found.value.withBytes { bytes in
                _ = unsafe bytes.withUnsafeBufferPointer { unsafe try? FileDescriptor.standardOutput.writeAll($0) }
            }
            for origin in found.origins { say("\(origin)\n", to: .standardError) }
        case "write": try store.write(input(), for: key, boundTo: words[3])
        case "delete": return try store.delete(key) ? 0 : 10
        default: return 2
        }
        return 0
    }

    /// `PROBE_PATIENCE` in milliseconds. Long unless a test is about running out of it: a busy machine is slow.
    private static var patience: Duration {
        .milliseconds(unsafe getenv("PROBE_PATIENCE").flatMap { unsafe Int(String(cString: $0)) } ?? 60_000)
    }

    private static func input() -> Secret {
        do { return try FileReading.secret(from: .standardInput, named: "-", limit: 65_536) } catch { exit(2) }
    }

    private static func say(_ text: String, to file: FileDescriptor = .standardOutput) {
        _ = try? file.writeAll(text.utf8)
    }

    private static func status(of error: StoreError) -> Int {
        switch error.code {
        case .locked: 12
        case .noService: 13
        case .timedOut: 14
        default: 1
        }
    }
    #endif
}

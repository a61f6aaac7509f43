import CredentialStores
import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// One call of `KeyringStore`, in an environment of the test's choosing.
///
/// `KeyringProbe VERB [SERVER NAME [ORIGIN]]`; a value comes by standard input and goes to standard output, and
/// the exit status tells the outcome. `again` reads twice, and between runs the command in `PROBE_BETWEEN`.
@main
enum KeyringProbe {
    static func main() {
        #if Keyring
        do throws(StoreError) { exit(try run(Array(CommandLine.arguments.dropFirst()))) } catch {
            say("\(error.code)\n", to: .standardError)
            exit(status(of: error))
        }
        #else
        exit(2)
        #endif
    }

    #if Keyring
    private static func run(_ words: [String]) throws(StoreError) -> Int32 {
        let store = KeyringStore(patience: milliseconds("PROBE_PATIENCE") ?? .seconds(60), person: person)
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
        case "read": return try read(key, from: store)
        case "again":
            let first = try read(key, from: store)
            guard first == 0, let command = unsafe getenv("PROBE_BETWEEN"), unsafe system(command) == 0 else {
                return 2
            }
            return try read(key, from: store)
        case "thrice":
            for _ in 0..<2 { _ = try? store.read(key) }
            return try read(key, from: store)
        case "write": try store.write(input(), for: key, boundTo: words[3])
        case "delete": return try store.delete(key) ? 0 : 10
        default: return 2
        }
        return 0
    }

    private static func read(_ key: CredentialKey, from store: KeyringStore) throws(StoreError) -> Int32 {
        guard let found = try store.read(key) else { return 10 }
        found.value.withBytes { bytes in
            _ = unsafe bytes.withUnsafeBufferPointer { unsafe try? FileDescriptor.standardOutput.writeAll($0) }
        }
        for origin in found.origins { say("\(origin)\n", to: .standardError) }
        return 0
    }

    /// There when `PROBE_PERSON` says for how long.
    private static var person: KeyringPerson? {
        guard let patience = milliseconds("PROBE_PERSON") else { return nil }
        return KeyringPerson(patience: patience) { say("announced\n", to: .standardError) }
    }

    private static func milliseconds(_ variable: String) -> Duration? {
        unsafe getenv(variable).flatMap { unsafe Int(String(cString: $0)) }.map { .milliseconds($0) }
    }

    private static func input() -> Secret {
        do { return try FileReading.secret(from: .standardInput, named: "-", limit: 65_536) } catch { exit(2) }
    }

    private static func say(_ text: String, to file: FileDescriptor = .standardOutput) {
        _ = try? file.writeAll(text.utf8)
    }

    private static func status(of error: StoreError) -> Int32 {
        switch error.code {
        case .locked, .wouldAsk, .dismissed: 12
        case .noBus, .noService, .noCollection: 13
        case .timedOut, .unanswered: 14
        default: 1
        }
    }
    #endif
}

import Secrets
import SystemPackage
import TestSupport

/// What `credential import --json` tells.
struct ToldImport: Decodable, Equatable {
    var imported: [String] = []
    var unchanged: [String] = []
    var left: [String] = []
    var deleted = false
    var server = "default"
}

extension Scene {
    var envFile: FilePath { home.path.appending("old.env") }

    /// Writes a `.env` with values that are made up; what they are by name.
    @discardableResult
    func writeEnv(_ names: [String], more: String = "", mode: UInt32 = 0o600) throws -> [String: SecretBox] {
        var text = Array(more.utf8)
        var made: [String: SecretBox] = [:]
        for name in names {
            let value = newSecret()
            text += Array("\(name)='\(value.text ?? "")'\n".utf8)
            made[name] = SecretBox(value)
        }
        try write(text, to: envFile, mode: mode)
        return made
    }

    /// Whether the vault gives back exactly that.
    func keeps(_ name: String, _ box: SecretBox?, _ options: [String] = []) async throws -> Bool {
        let run = try await home.run(["credential", "get", name] + options)
        return box.map { Secret(copying: run.output) == $0.secret } ?? (run.status == 10)
    }
}

/// A secret that can be collected.
final class SecretBox: Sendable {
    let secret: Secret

    init(_ secret: consuming Secret) { self.secret = secret }
}

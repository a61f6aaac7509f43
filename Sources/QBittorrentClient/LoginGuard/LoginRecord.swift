import FoundationEssentials
import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// The file that holds the login history of one server.
struct LoginRecord: Sendable {
    private let server: String
    private let path: FilePath

    init(of server: Server, in folder: FilePath) {
        self.server = server.origin
        // Another file for another server although the part for people is cut; first, because the names of what a killed
        // writer leaves begin with the first letters alone.
        let mark = PublicBytes.digest(of: Array(server.origin.utf8), count: 16).hex
        path = folder.appending("\(mark).\(PercentEncoding.encode(server.origin).prefix(100)).json")
    }

    var lock: FilePath { FilePath(path.string + ".lock") }

    func read() throws(FileError) -> LoginHistory {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileReading.bytes(at: path, rule: .strict, limit: 1 << 16) } catch {
            if case .absent = error.code { return LoginHistory() }
            throw error
        }
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)), content.server == server else {
            throw FileError(.failed(.read, .badMessage), at: path)
        }
        return content.history
    }

    /// Removes what writers that were killed have left. Under the lock.
    func sweep() { StagedFile.sweep(beside: path) }

    /// An empty history has no file. That one is removed need not be durable, and so costs no wait for the disk: should
    /// it come back, a proven login counts as lost, which is the safe side.
    func write(_ history: LoginHistory) throws(FileError) {
        if history == LoginHistory() { return try remove() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(Content(server: server, history: history)) else {
            throw FileError(.failed(.write, .invalidArgument), at: path)
        }
        let file = try StagedFile(for: path, mode: .ownerReadWrite)
        try file.write(Array(bytes).span)
        try file.commit()
    }

    private func remove() throws(FileError) {
        let code = unsafe path.withPlatformString { unsafe unlink($0) == 0 ? 0 : errno }
        if code != 0, code != ENOENT { throw FileError(.failed(.write, Errno(rawValue: code)), at: path) }
    }

    /// The server is in it for people, and because a file name may have been cut.
    private struct Content: Codable {
        let server: String
        let history: LoginHistory
    }
}

import FoundationEssentials
import Secrets
import Subprocess
import SystemPackage
import TestSupport

/// A session that curl began with a server: what others do there meanwhile.
struct ForeignSession {
    private let server: RealServer
    private let cookies: FilePath

    init(_ server: RealServer) async throws {
        self.server = server
        cookies = server.folder.appending("cookies")
        try await post(
            "auth/login", ["--cookie-jar", cookies.string, "--data-urlencode", "username=\(server.username)"],
            "password", server.password().bytes)
    }

    /// Gives the server another password. The session stays valid.
    func setPassword(_ password: borrowing Secret) async throws {
        let json = try JSONEncoder().encode(["web_ui_password": String(decoding: password.bytes, as: UTF8.self)])
        try await post("app/setPreferences", [], "json", Array(json))
    }

    /// Has the server make a torrent of a file of zeros that it is busy with for a while.
    func keepCreatorBusy() async throws {
        let path = server.folder.appending("large")
        let file = try FileDescriptor.open(path, .writeOnly, options: .create, permissions: .ownerReadWrite)
        defer { try? file.close() }
        try file.resize(to: 64 << 30)
        try await addTask(of: path)
    }

    /// Has the server make a torrent, which nobody fetches.
    func addTask(of source: FilePath) async throws {
        try await post("torrentcreator/addTask", [], "sourcePath", Array(source.string.utf8))
    }

    /// The ids of all tasks, of whoever.
    func taskIDs() async throws -> Set<String> {
        struct Task: Decodable { let taskID: String }
        let text = try await answer(to: "torrentcreator/status")
        return Set(try JSONDecoder().decode([Task].self, from: Data(text.utf8)).map(\.taskID))
    }

    /// What the server answers to this session, with the cookie that it began with.
    func answer(to endpoint: String) async throws -> String {
        try await ToolRun.succeeding(
            .name("curl"),
            [
                "--silent", "--show-error", "--fail", "--noproxy", "*", "--cookie", cookies.string,
                "\(server.url)/api/v2/\(endpoint)",
            ]
        ).text
    }

    private func post(_ endpoint: String, _ more: [String], _ field: String, _ value: [UInt8]) async throws {
        let options = ["--silent", "--show-error", "--fail", "--noproxy", "*", "--output", "/dev/null"]
        let words = ["--cookie", cookies.string, "--data-urlencode", "\(field)@-", "\(server.url)/api/v2/\(endpoint)"]
        _ = try await ToolRun.succeeding(.name("curl"), options + more + words, input: .bytes(value))
    }
}

import Glibc
import Subprocess
import SystemPackage

/// `scripts/qbittorrent-server` of this tree.
enum ServerScript {
    /// The server is ended when the test process is gone, however it went.
    static var endingWithThisProcess: [String] { ["--for", "\(getpid())"] }

    /// - Parameter starter: a program that starts it, with what comes before its own name.
    @discardableResult
    static func run(
        _ arguments: [String], input: ToolInput? = nil, by starter: [String] = []
    ) async throws -> ToolRun {
        // In a task of its own: a test that is cancelled has a server to end all the same.
        try await Task.detached {
            guard let first = starter.first else {
                return try await ToolRun.succeeding(.path(path), arguments, input: input)
            }
            return try await ToolRun.succeeding(
                .name(first), starter.dropFirst() + [path.string] + arguments, input: input)
        }.value
    }

    private static let path = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().removingLastComponent().appending("scripts/qbittorrent-server")
}

extension RealServer.Place {
    /// From the line that `start` prints: name, version, address, process id and user, with tabs between them.
    init(_ line: String) throws {
        let fields = line.split(separator: "\t")
        guard fields.count == 5, let pid = Int32(fields[3]),
            let port = fields[2].split(separator: ":").last.flatMap({ UInt16($0) })
        else { throw ToolFailure(program: "qbittorrent-server", status: 0, said: line) }
        self.init(url: String(fields[2]), port: port, pid: pid)
    }
}

import Glibc
import QBittorrentClient
import Secrets

/// Signs in once and calls `app/version` as often as it is told, for `scripts/bench` to measure.
///
/// `ClientBenchmark URL USERNAME CONNECTIONS`. The first line of standard input is the password. Each line after it is a
/// number of calls to make, and is answered with a line: the nanoseconds that they took.
@main
enum ClientBenchmark {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 3, let connections = words.last.flatMap({ Int($0) }), connections > 0,
            let url = words.first, let password = StandardInput.line()
        else {
            print("usage: ClientBenchmark URL USERNAME CONNECTIONS < PASSWORD-AND-NUMBERS")
            exit(64)
        }
        let server = try Server(url)
        let username = words[2]
        var settings = HTTPTransport.Settings()
        settings.connections = connections
        try await HTTPTransport.with(to: server, settings) { transport in
            try await Session.signedIn(
                to: server, over: LoggingTransport(transport, .off), guard: nil,
                credentials: { ServerCredentials(username: username, password: Secret(copying: password)) }
            ) { session in
                let calls = Calls(session, at: connections)
                while let count = StandardInput.number() { StandardOutput.line(try await calls.make(count)) }
            }
        }
    }
}

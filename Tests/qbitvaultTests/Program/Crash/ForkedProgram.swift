import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport

/// The built program with one command line, held where it has yet to touch a file, and forked from there for each run:
/// a run costs a third of what it does from the start.
final class ForkedProgram: Sendable {
    private let socket: FileDescriptor

    private init(_ socket: FileDescriptor) { self.socket = socket }

    /// Holds it for the duration of `body`, which runs on a thread of its own and may block.
    static func with<R: Sendable>(
        _ words: [String], in home: TestHome, environment: [String: String] = [:],
        _ body: @escaping @Sendable (ForkedProgram) throws -> R
    ) async throws -> R {
        let shim = ["LD_PRELOAD": try await Shim.library.value.string, "SHIM_FOLDER": home.path.string]
        let (ours, theirs) = try sockets()
        let result = try await Subprocess.run(
            .path(try TestHome.tool),
            arguments: Arguments(words),
            environment: .custom(
                home.environment.merging(environment) { $1 }.merging(shim) { $1 }.asEnvironment),
            // Away from the home, where a relative path would be taken for somebody else's.
            workingDirectory: "/",
            input: .fileDescriptor(theirs, closeAfterSpawningProcess: false),
            output: .fileDescriptor(theirs, closeAfterSpawningProcess: false),
            error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        ) { _ in
            try theirs.close()
            let program = ForkedProgram(ours)
            let result = await onThread { Result { try body(program) } }
            try ours.close()
            return try result.get()
        }
        return result.closureResult
    }

    private static func sockets() throws -> (FileDescriptor, FileDescriptor) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
        return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
    }

    /// One run. Without a fault it lists all calls, otherwise the one that failed.
    func run(_ fault: FileFault? = nil, at number: Int = 0, code: Int32 = 0, input: [UInt8] = []) throws -> Report {
        var order: [UInt8] = []
        for field in [fault?.number ?? 0, UInt32(number), UInt32(bitPattern: code), UInt32(input.count)] {
            unsafe withUnsafeBytes(of: field) { unsafe order += $0 }
        }
        try send(order + input)
        let head = try receive(Report.headCount)
        let fields = head.indices.filter { $0.isMultiple(of: 4) }.map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(head[start + $1]) << (8 * UInt32($1)) }
        }
        return Report(
            status: Int32(bitPattern: fields[0]), count: Int(fields[1]), injected: Int(fields[2]),
            unknown: Int32(bitPattern: fields[3]),
            calls: FileCall.all(in: String(decoding: try receive(Int(fields[4])), as: UTF8.self)),
            said: try receive(Int(fields[5])))
    }

    /// How a run ended.
    struct Report: Sendable {
        /// The exit status, or 128 and the signal that ended it.
        let status: Int32
        /// How many calls touched the home.
        let count: Int
        /// How many of them were made to fail.
        let injected: Int
        /// The number of a system call that the shim does not know, and -1 if there was none.
        let unknown: Int32
        let calls: [FileCall]
        /// Standard output and standard error, the first 4,096 bytes.
        let said: [UInt8]

        static let headCount = 24
    }

    private func send(_ bytes: [UInt8]) throws {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe Glibc.send(socket.rawValue, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        }
        guard count == bytes.count else { throw Errno(rawValue: errno) }
    }

    private func receive(_ count: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let part = try unsafe [UInt8](unsafeUninitializedCapacity: count - all.count) { room, used in
                used = try unsafe socket.read(into: UnsafeMutableRawBufferPointer(room))
            }
            if part.isEmpty { throw ToolFailure(program: "the forked program", status: 0, said: "it is gone") }
            all += part
        }
        return all
    }
}

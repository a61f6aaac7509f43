import CLinux
import Glibc
import SystemPackage

/// A program that runs as nobody's child would: no terminal, no input, these variables alone.
struct BareRun {
    /// Its exit status; nil where a signal has ended it.
    let status: Int32?
    let output: [UInt8]

    /// More is of no use to anybody.
    private static let mostOutput = 1 << 20

    /// Runs it to its end, and blocks meanwhile.
    ///
    /// - Parameters:
    ///   - words: the program's path and its arguments.
    ///   - passed: names of variables that it gets from this environment, as they are.
    ///   - folder: where it runs; the root, if that is not there.
    ///   - patience: after which it is killed.
    /// - Throws: `Errno`: where it could not be started, or `.timedOut`.
    init(
        _ words: [String], variables: [(name: String, value: String)], passing passed: [String] = [], in folder: String,
        patience: Duration
    ) throws(Errno) {
        var pipe: Int32 = -1
        let process = Self.start(words, variables, passed, folder, &pipe)
        guard process > 0 else { throw Errno(rawValue: errno) }
        let end = ContinuousClock.now + patience
        defer { close(pipe) }
        var isOver = false
        defer {
            if !isOver {
                kill(-process, SIGKILL)
                _ = waitpid(process, nil, 0)
            }
        }
        output = try Self.read(pipe, until: end)
        var ending: Int32 = 0
        while unsafe waitpid(process, &ending, WNOHANG) != process {
            guard ContinuousClock.now < end else { throw .timedOut }
            usleep(1000)
        }
        isOver = true
        // The macros of <sys/wait.h>.
        status = ending & 0x7f == 0 ? (ending >> 8) & 0xff : nil
    }

    private static func start(
        _ words: [String], _ variables: [(name: String, value: String)], _ passed: [String], _ folder: String,
        _ pipe: inout Int32
    ) -> pid_t {
        let own = variables.filter { !passed.contains($0.name) }.map { "\($0.name)=\($0.value)" }
        let arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
        let made: [UnsafeMutablePointer<CChar>?] = unsafe own.map { unsafe strdup($0) }
        defer { unsafe (arguments + made).forEach { unsafe free($0) } }
        // Where they are: a password among them is copied by nobody but the kernel.
        let kept: [UnsafeMutablePointer<CChar>?] = unsafe passed.map { unsafe linux_variable($0) }
        let present = unsafe kept.filter { unsafe $0 != nil }
        return unsafe linux_start_bare(arguments + [nil], made + present + [nil], folder, &pipe)
    }

    private static func read(_ pipe: Int32, until end: ContinuousClock.Instant) throws(Errno) -> [UInt8] {
        var output: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { throw .timedOut }
            var ready = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&ready, 1, Int32(min(left, .milliseconds(100)) / .milliseconds(1)) + 1) > 0 else {
                continue
            }
            let count = unsafe Glibc.read(pipe, &room, room.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return output }
            output += room.prefix(count)
            guard output.count <= mostOutput else { throw .noMemory }
        }
    }
}

import CLinux
import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// A program that prints a secret. It is started without a shell, and without a terminal.
package struct SecretCommand: Hashable, Sendable {
    /// The program, found in `PATH` unless it is a path, and its arguments.
    package let words: [String]
    /// How long it may take.
    package let patience: Duration
    private let kind: Place.Kind

    /// Its arguments are not told: who knows what stands there.
    package var place: Place { Place(kind, words.first ?? "") }

    /// - Parameter kind: what it is asked for: `.command` prints a credential, `.keyCommand` a vault's passphrase.
    package init(_ words: [String], patience: Duration, as kind: Place.Kind) {
        self.words = words
        self.patience = patience
        self.kind = kind
    }

    /// All that it prints.
    ///
    /// - Throws: `.timedOut`, or `.failed` for one that cannot be started, ends otherwise than with 0, or prints too
    ///   much. It is killed then, and all that it has started in its process group.
    func run() throws(StoreError) -> Secret {
        var output: Int32 = -1
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
        unsafe arguments.append(nil)
        defer { unsafe arguments.forEach { unsafe free($0) } }
        let process = unsafe linux_start(arguments, &output)
        guard process > 0 else { throw StoreError(.failed(.notStarted(Errno(rawValue: errno))), at: place) }
        let pipe = FileDescriptor(rawValue: output)
        defer { try? pipe.close() }
        var running = RunningCommand(process: process, place: place, end: .now + patience)
        do throws(StoreError) {
            let text = try running.output(of: pipe)
            try running.finish()
            return text
        } catch {
            running.kill()
            throw error
        }
    }
}

/// A program that has been started.
private struct RunningCommand {
    let process: pid_t
    let place: Place
    let end: ContinuousClock.Instant
    private var isOver = false

    init(process: pid_t, place: Place, end: ContinuousClock.Instant) {
        (self.process, self.place, self.end) = (process, place, end)
    }

    /// Everything that it prints, straight into guarded memory.
    func output(of pipe: FileDescriptor) throws(StoreError) -> Secret {
        let limit = StoreError.supplyLimit
        let text = try Secret(capacity: limit + 1) { out throws(StoreError) in
            try unsafe out.withUnsafeMutableBytes { room, used throws(StoreError) in
                while used < room.count {
                    try wait(for: pipe)
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[used...])
                    let count: Int
                    do { count = try unsafe pipe.read(into: rest) } catch {
                        let problem = FileError(.failed(.read, error as? Errno ?? .ioError), at: "")
                        throw StoreError(.failed(.unreadable(problem)), at: place)
                    }
                    if count == 0 { break }
                    used += count
                }
            }
        }
        guard text.count <= limit else { throw StoreError(.failed(.tooLarge(limit: limit)), at: place) }
        return text
    }

    private func wait(for pipe: FileDescriptor) throws(StoreError) {
        while true {
            let left = try left()
            var ready = pollfd(fd: pipe.rawValue, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&ready, 1, left) > 0 { return }
        }
    }

    /// Waits for its end, and looks how it ended.
    mutating func finish() throws(StoreError) {
        var status: Int32 = 0
        while true {
            let ended = unsafe waitpid(process, &status, WNOHANG)
            if ended == process { break }
            if ended < 0, errno != EINTR { throw StoreError(.failed(.ended(.unknown)), at: place) }
            _ = poll(nil, 0, min(try left(), 5))
        }
        isOver = true
        // The macros of <sys/wait.h>.
        let signal = status & 0x7f
        if signal != 0 { throw StoreError(.failed(.ended(.signal(signal))), at: place) }
        let code = (status >> 8) & 0xff
        if code != 0 { throw StoreError(.failed(.ended(.status(code))), at: place) }
    }

    /// In milliseconds: what is left of its time, and at most so much that an interruption is noticed.
    private func left() throws(StoreError) -> Int32 {
        if Task.isCancelled { throw StoreError(.interrupted(signal: SIGINT), at: place) }
        let left = ContinuousClock.now.duration(to: end)
        guard left > .zero else { throw StoreError(.timedOut, at: place) }
        return Int32(min(left, .milliseconds(100)) / .milliseconds(1)) + 1
    }

    mutating func kill() {
        if isOver { return }
        isOver = true
        _ = Glibc.kill(-process, SIGKILL)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }
}

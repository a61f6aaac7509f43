import Glibc
import SecureFiles
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite struct FileLockTests {
    @Test func anotherProcessIsToldWhoHoldsIt() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("lock")
        let lock = try FileLock(path, holder: "process 1 (first)", patience: .zero)
        await #expect(processExitsWith: .success) { [name = path.string as String] in
            #expect(throws: FileError(.busy(holder: "process 1 (first)"), at: FilePath(name))) {
                _ = try FileLock(FilePath(name), holder: "process 2 (second)", patience: .milliseconds(50))
            }
        }
        extendLifetime(lock)
    }

    /// What somebody wrote who was killed is there when the next holder has yet to write.
    @Test func whoIsGoneIsNotTheHolder() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("lock")
        await #expect(processExitsWith: .signal(SIGKILL)) { [name = path.string as String] in
            let lock = try FileLock(FilePath(name), holder: "killed", patience: .zero)
            kill(getpid(), SIGKILL)
            extendLifetime(lock)
        }
        #expect(String(decoding: try Files.bytes(path), as: UTF8.self).hasSuffix("\nkilled"))
        let silent = try FileDescriptor.open(path, .readWrite)
        defer { try? silent.close() }
        try #require(flock(silent.rawValue, LOCK_EX) == 0)
        #expect(throws: FileError(.busy(holder: nil), at: path)) {
            _ = try FileLock(path, holder: "me", patience: .milliseconds(5))
        }
    }

    /// A number that was given to a later process is another process.
    @Test(arguments: ["", "text", "1 2 3\nx", "-1 5\nx", "0 5\nx", "\n\n", "\(getpid()) 1\nanother"])
    func whatIsNobodysWordIsNotShown(_ content: String) throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("lock")
        try Files.write(content, to: path)
        let silent = try FileDescriptor.open(path, .readWrite)
        defer { try? silent.close() }
        try #require(flock(silent.rawValue, LOCK_EX) == 0)
        #expect(throws: FileError(.busy(holder: nil), at: path)) {
            _ = try FileLock(path, holder: "me", patience: .zero)
        }
    }

    @Test func itEndsWithItsOwner() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("lock")
        for holder in ["a longer name", "short"] {
            let lock = try FileLock(path, holder: holder, patience: .zero)
            #expect(throws: FileError(.busy(holder: holder), at: path)) {
                _ = try FileLock(path, holder: "other", patience: .zero)
            }
            extendLifetime(lock)
        }
        #expect(try scratch.names() == ["lock"])
    }

    @Test func itEndsWithItsProcess() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("lock")
        await #expect(processExitsWith: .signal(SIGKILL)) { [name = path.string as String] in
            let lock = try FileLock(FilePath(name), holder: "killed", patience: .zero)
            kill(getpid(), SIGKILL)
            extendLifetime(lock)
        }
        _ = try FileLock(path, holder: "next", patience: .zero)
        #expect(try Files.bytes(path) == [])
    }

    /// Whoever takes it again and again does not keep others out.
    @Test func nobodyWaitsForEver() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path.appending("lock")
        let isOver = Atomic(false)
        async let greedy = onThread { [path] in
            var rounds = 0
            while !isOver.load(ordering: .relaxed) {
                guard let lock = try? FileLock(path, holder: "greedy", patience: .seconds(60)) else { return 0 }
                usleep(5000)
                extendLifetime(lock)
                rounds += 1
            }
            return rounds
        }
        while (try? Files.bytes(path))?.isEmpty ?? true { try await Task.sleep(for: .milliseconds(1)) }
        let hadTurns = await onThread { [path] in
            (0..<20).count { _ in hasTurn(at: path) }
        }
        isOver.store(true, ordering: .relaxed)
        #expect(hadTurns == 20)
        // One turn of the other's before each, or a few on a busy machine; hundreds, where it has to be lucky.
        let turns = await greedy
        #expect((1...400).contains(turns), "\(turns)")
    }

    /// Each adds one to a number in a file. Without the lock they would undo each other's work.
    @Test func oneAtATime() async throws {
        let scratch = try ScratchFolder()
        let (lock, number) = (scratch.path.appending("lock"), scratch.path.appending("number"))
        try Files.write("0", to: number)
        let problems = await withTaskGroup(of: String?.self) { group in
            for worker in 0..<8 {
                group.addTask { await onThread { count(number, under: lock, as: "\(worker)") } }
            }
            return await group.reduce(into: []) { problems, problem in problems += problem.map { [$0] } ?? [] }
        }
        #expect(problems == [])
        #expect(try Files.bytes(number) == Array("40".utf8))
    }

    @Test func aLinkInItsPlaceIsRefused() throws {
        let scratch = try ScratchFolder()
        let file = try scratch.file()
        let link = try scratch.link(to: file)
        #expect(throws: FileError(.unsafe(.symbolicLink), at: link)) {
            _ = try FileLock(link, holder: "me", patience: .zero)
        }
        #expect(try Files.bytes(file) == [7, 7, 7])
    }

    @Test func itIsClosedToOthers() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchFolder()
            umask(0o777)
            let path = scratch.path.appending("lock")
            _ = try FileLock(path, holder: "me", patience: .zero)
            #expect(try Files.mode(path) == 0o600)
        }
    }
}

private func hasTurn(at path: FilePath) -> Bool {
    do { _ = try FileLock(path, holder: "modest", patience: .seconds(5)) } catch { return false }
    return true
}

/// Adds one five times; answers with what went wrong.
private func count(_ number: FilePath, under path: FilePath, as holder: String) -> String? {
    do {
        for _ in 0..<5 {
            let lock = try FileLock(path, holder: holder, patience: .seconds(60))
            let count = Int(String(decoding: try Files.bytes(number), as: UTF8.self)) ?? 0
            usleep(1000)
            try Files.write("\(count + 1)", to: number)
            extendLifetime(lock)
        }
        return nil
    } catch {
        return "\(error)"
    }
}

import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A search that finds nothing is worth something only if it would find.
@Suite(.timeLimit(.minutes(2))) struct ProbeTests {
    /// Programs that leave what they read from standard input, each in its own form; then the end of the process.
    @Test(arguments: [
        "kept = given",
        "kept = json.dumps(given.decode()).encode()",
        "kept = json.dumps(given.decode(), ensure_ascii=False).encode()",
        "kept = urllib.parse.quote(given).encode()",
        "kept = urllib.parse.quote_plus(given, safe='*-._').encode()",
        "kept = base64.b64encode(b'name:' + given)",
        "kept = given.decode().encode('utf-16-le')",
        "kept = given.decode().encode('utf-16-be')",
        "kept = given.hex().encode()",
        // Freed, and what a free list has overwritten.
        "kept = bytearray(given); kept[:16] = bytes(16)",
        // In pages that nobody may touch, as a guarded allocation has them between uses.
        "area = mmap.mmap(-1, 4096); area.write(given); kept = area; lock(area)",
    ])
    func aPlantedCopyIsFound(_ keeping: String) async throws {
        let script = """
            import base64, ctypes, json, mmap, os, sys, urllib.parse
            def lock(area):
                start = ctypes.addressof(ctypes.c_char.from_buffer(area))
                assert ctypes.CDLL(None).mprotect(ctypes.c_void_p(start), ctypes.c_size_t(4096), 0) == 0
            given = bytearray(os.read(0, 1000))
            \(keeping)
            if kept is not given: ctypes.memset((ctypes.c_char * len(given)).from_buffer(given), 0, len(given))
            os._exit(0)
            """
        let (run, memory) = try await probe(["/usr/bin/python3", "-c", script], input: true)
        #expect(run.status == 0, "\(run.error)")
        #expect(memory.moments.map(\.kind) == [.exit])
        #expect(!memory.left.isEmpty)
    }

    @Test func whereNothingIsNothingIsFound() async throws {
        let (run, memory) = try await probe(["/usr/bin/python3", "-c", "import sys; sys.stdin.close()"], input: false)
        #expect(run.status == 0 && memory.moments.map(\.kind) == [.exit])
        #expect(memory.left.isEmpty && !memory.isBlind && memory.argumentsOf.isEmpty)
    }

    @Test func aChildIsLookedIntoAndWhoeverDiesOfASignal() async throws {
        let script = "read -r word; (kill -SEGV $(sh -c 'echo $PPID')); :"
        let (_, memory) = try await probe(["bash", "-c", script], input: true)
        #expect(memory.moments.contains { $0.isOfChild && $0.kind == .signal && !$0.copies.isEmpty })
    }

    @Test func anArgumentIsFound() async throws {
        let secret = Secret.planted()
        let memory = try await Probe.with(secret) { probe in
            let words = probe.starter + ["sleep", "0", "--", secret.text ?? ""]
            _ = try await ToolRun.of(.name(words[0]), Array(words.dropFirst()))
            return try probe.report()
        }
        #expect(!memory.argumentsOf.isEmpty)
    }

    /// A write that nobody meant, in one piece and in two, and a word on a command line.
    @Test(arguments: [
        ("os.write(1, kept)", "write"), ("os.writev(1, [kept[:9], kept[9:]])", "writev"),
        ("os.rename('/nowhere', kept)", "rename"),
        ("os.execve(b'/bin/true', [b'true', kept], {})", "execve"),
        ("os.execve(b'/bin/true', [b'true'], {b'NAME': base64.b64encode(kept)})", "execve"),
        ("socket.socketpair()[0].send(kept.decode().encode('utf-16-le'))", "sendto"),
    ])
    func aCallThatHandsItOnIsFound(_ handing: String, _ name: String) async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let file = folder.appending("trace")
        let secret = Secret.planted()
        let script = "import base64, os, socket; kept = os.read(0, 1000)\n\(handing)"
        let words = TracedWrites.starter(to: file) + ["/usr/bin/python3", "-c", script]
        _ = try await ToolRun.of(.name(words[0]), Array(words.dropFirst()), input: .secret(secret))
        let found = TracedWrites(String(decoding: try Files.bytes(file), as: UTF8.self)).handing(on: secret)
        #expect(found.map(\.name) == [name])
    }

    private func probe(_ command: [String], input: Bool) async throws -> (ToolRun, MemoryReport) {
        let secret = Secret.planted()
        return try await Probe.with(secret) { probe in
            let words = probe.starter + command
            let run = try await ToolRun.of(
                .name(words[0]), Array(words.dropFirst()), input: input ? .secret(secret) : nil)
            return (run, try probe.report())
        }
    }
}

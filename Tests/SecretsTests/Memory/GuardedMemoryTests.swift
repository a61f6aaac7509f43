import Glibc
import Secrets
import Testing

/// What the pages of a secret do to whoever misuses them. Each is seen from outside, in a process of its own.
@Suite struct GuardedMemoryTests {
    @Test func readingIsAllowed() async {
        await #expect(processExitsWith: .exitCode(42)) { exit(Misuse.read(at: 0)) }
    }

    @Test func writingKills() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) { exit(Misuse.write()) }
    }

    @Test func readingPastTheEndKills() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) { exit(Misuse.read(at: 16)) }
    }

    @Test func nothingIsLeftWhenTheOwnerIsGone() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) { exit(Misuse.readAfterTheEnd()) }
    }

    @Test func nothingIsLeftWhenFillingFailed() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) { exit(Misuse.readAfterFailing()) }
    }
}

private enum Misuse {
    private struct Interrupted: Error {}

    /// 16 bytes; the first is 42.
    private static func secret() -> Secret { Secret(copying: [42] + [UInt8](repeating: 0, count: 15)) }

    static func read(at offset: Int) -> Int32 { unsafe secret().withUnsafeBytes { unsafe Int32($0[offset]) } }

    static func write() -> Int32 {
        unsafe secret().withUnsafeBytes { unsafe UnsafeMutablePointer(mutating: $0).pointee = 1 }
        return 0
    }

    static func readAfterTheEnd() -> Int32 {
        let stale = unsafe secret().withUnsafeBytes { unsafe $0 }
        return unsafe Int32(stale.pointee)
    }

    static func readAfterFailing() -> Int32 {
        var stale: UnsafePointer<UInt8>?
        do throws(Interrupted) {
            _ = try unsafe Secret(count: 16) { room throws(Interrupted) in
                unsafe room.pointee = 42
                unsafe stale = UnsafePointer(room)
                throw Interrupted()
            }
        } catch {}
        return unsafe stale.map { unsafe Int32($0.pointee) } ?? 0
    }
}

import CSodium

/// libsodium itself: started once, before the first use of any of its functions.
package enum Sodium {
    /// Touch this before any call into libsodium. A library that cannot start leaves nothing safe to do.
    package static let ready: Void = {
        guard sodium_init() >= 0 else { fatalError("libsodium could not be started") }
    }()

    /// Whether this process may lock memory at all.
    ///
    /// `sodium_malloc` answers even where the lock limit is zero, and its pages then simply are not locked
    /// (observed with `RLIMIT_MEMLOCK` 0). So the question is asked once, directly.
    package static func canLockMemory() -> Bool {
        ready
        guard let page = unsafe sodium_malloc(1) else { return false }
        defer { unsafe sodium_free(page) }
        return unsafe sodium_mlock(page, 1) == 0
    }

    /// Overwrites the 32 KiB of stack below the caller: what a function that has returned has left of a secret there.
    @inline(never)
    package static func wipeStack() { sodium_stackzero(32 << 10) }
}

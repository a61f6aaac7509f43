import Glibc

enum Clock {
    /// Seconds since 1970, by this machine.
    static var now: UInt64 { UInt64(max(0, time(nil))) }
}

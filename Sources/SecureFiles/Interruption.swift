import Glibc

/// Makes a system call again for as long as a signal cuts it short. Not for `close`, which is done by then, nor for
/// `rename`, which may be.
func uninterrupted(_ call: () -> CInt) -> CInt {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

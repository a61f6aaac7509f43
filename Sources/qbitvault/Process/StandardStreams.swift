import Glibc

/// Standard input, output and error, some of which a caller may have closed.
enum StandardStreams {
    /// Takes the numbers of those that are closed, before a file of ours gets one of them: words for people would go into a
    /// vault, or a vault would be read as a password. Whoever reads or writes there finds out as if it were closed. In a
    /// build with the keyring GLib has done so before.
    static func fill() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is this one.
            _ = unsafe open("/dev/null", (number == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
        }
    }
}

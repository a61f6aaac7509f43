import ArgumentParser

/// How a command gets what it is given.
struct DeliveryOptions: ParsableArguments {
    @Flag(
        help: """
            Give files that lie in memory: QBIT_PASSWORD_FILE=/proc/self/fd/N. A program that it starts in turn can read \
            them only where it gets its descriptors.
            """)
    var fd = false

    @Flag(
        help: """
            Give files (0600) below XDG_RUNTIME_DIR that are removed when the command has ended: \
            QBIT_PASSWORD_FILE=PATH. This process then stays, passes signals on, and ends as the command did.
            """)
    var tmpfile = false

    func validate() throws {
        if fd, tmpfile { throw ValidationError("Choose --fd or --tmpfile.") }
    }

    /// Whether a command finds the names of files in its environment.
    var givesFiles: Bool { fd || tmpfile }
}

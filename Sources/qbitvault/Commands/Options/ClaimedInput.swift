import ArgumentParser
import Glibc
import Synchronization
import SystemPackage

/// Which option reads which descriptor: each can be read once, and holds one secret.
enum ClaimedInput {
    private static let options = Mutex<[Int32: String]>([:])
    private static let closed = Mutex<Set<Int32>>([])

    /// Looks at a descriptor that an option names, while the options are read: later its number may be a file's of our own.
    ///
    /// - Throws: `ValidationError` for one that no secret can be read from.
    static func check(_ number: Int32) throws(ValidationError) {
        // Standard output and error are for writing.
        if number < 0 || number == 1 || number == 2 {
            throw ValidationError("A secret is read from standard input, which is 0, or from a descriptor above 2.")
        }
        // It would show what is typed, and wait where nobody is to be waited for.
        if isatty(number) == 1 {
            throw ValidationError("Descriptor \(number) is a terminal; without the option you are asked.")
        }
        if fcntl(number, F_GETFD) < 0 { closed.withLock { _ = $0.insert(number) } }
    }

    /// The descriptor of that number; one that was closed from the start fails when it is read.
    static func descriptor(_ number: Int32) -> FileDescriptor {
        FileDescriptor(rawValue: closed.withLock { $0.contains(number) } ? -1 : number)
    }

    /// From now on the descriptor is `option`'s.
    static func note(_ number: Int32, for option: String) { options.withLock { $0[number] = option } }

    /// - Throws: `Problem` with 64 where another option reads it.
    static func claim(_ number: Int32, for option: String) throws(Problem) {
        let owner = options.withLock { options in
            if let owner = options[number] { return owner }
            options[number] = option
            return option
        }
        guard owner != option else { return }
        let name = number == 0 ? "Standard input" : "Descriptor \(number)"
        throw Problem(
            .usage, "\(name) can hold one secret, and \(owner) reads it already.", at: option,
            next: "give one of them in another way")
    }
}

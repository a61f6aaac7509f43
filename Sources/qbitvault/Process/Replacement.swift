import CLinux
import Glibc
import SystemPackage

/// The last words of our own command line as a program, which finds signals and limits as our caller left them.
@safe
struct Replacement {
    /// The program's name and its arguments, to the byte as we got them: they need not be text.
    private let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    /// - Parameter count: how many words.
    init(lastWords count: Int) {
        unsafe arguments = CommandLine.unsafeArgv + (Int(CommandLine.argc) - count)
    }

    /// Becomes the program.
    ///
    /// - Returns: why it could not be started, and only then.
    func become(_ environment: borrowing ProgramEnvironment) -> Errno {
        unsafe environment.withVariables { variables in
            linux_restore_caller()
            _ = unsafe linux_become(arguments, variables)
            return Errno(rawValue: errno)
        }
    }
}

extension Replacement {
    /// How a program ended that was run beside us.
    enum Ending: Hashable {
        case status(Int32)
        case signal(Int32)
    }

    /// From now on a signal that would end us is passed on to the program, which is started by `run`.
    static func passOnSignals() { linux_pass_on_signals() }

    /// Starts the program beside us.
    ///
    /// - Throws: why it could not be started; `.interrupted` where a signal came before.
    func run(_ environment: borrowing ProgramEnvironment) throws(Errno) {
        let status = unsafe environment.withVariables { unsafe linux_run(arguments, $0) }
        if status != 0 { throw Errno(rawValue: errno) }
    }

    /// Waits for the end of the program that `run` started.
    static func end() -> Ending {
        let end = linux_await_end()
        return end < 0 ? .signal(-end) : .status(end)
    }

    /// The signal that came before the program was started.
    static var keptSignal: Int32 { linux_kept_signal() }

    /// Ends as a signal ends a process, for whoever waits for us.
    static func end(bySignal number: Int32) -> Never { linux_end_by_signal(number) }
}

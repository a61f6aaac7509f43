import SystemPackage

/// What is made to happen at one call.
enum FileFault: String, CaseIterable, Sendable {
    /// The program is killed before it.
    case kill
    /// Half of it is written, and the program is killed.
    case torn
    case inputOutputError = "EIO"
    /// From it on, all that needs room on the disk fails.
    case diskFull = "ENOSPC"
    case interrupted = "EINTR"
    /// Half of it is read or written.
    case short

    /// Whether it can happen at `call`, one of a run without faults.
    func applies(to call: FileCall) -> Bool {
        switch self {
        case .kill, .inputOutputError: true
        case .interrupted: call.changes || Self.interruptible.contains(call.name)
        case .torn: call.traits.contains(.writes) && call.result > 1
        case .short: !call.traits.isDisjoint(with: [.reads, .writes]) && call.result > 1
        case .diskFull: call.traits.contains(.grows)
        }
    }

    /// Whether the command has to succeed all the same.
    func isHarmless(at call: FileCall) -> Bool {
        switch self {
        case .kill, .torn, .inputOutputError, .diskFull: false
        case .short: true
        case .interrupted: Self.interruptible.contains(call.name)
        }
    }

    /// The calls of the manual pages that name EINTR.
    private static let interruptible: Set = [
        "open", "openat", "creat", "read", "pread64", "readv", "write", "pwrite64", "writev", "close", "fsync",
        "fdatasync", "ftruncate", "truncate", "fallocate", "flock", "fchmod", "dup2", "dup3", "fcntl",
    ]

    var endsTheProgram: Bool { self == .kill || self == .torn }

    /// For `shim.h`.
    var number: UInt32 {
        switch self {
        case .kill: 1
        case .torn: 2
        case .inputOutputError, .interrupted: 3
        case .diskFull: 4
        case .short: 5
        }
    }

    /// For `shim.h`: an error's number, or how many bytes are moved.
    func code(at call: FileCall) -> Int32 {
        switch self {
        case .kill: 0
        case .torn, .short: Int32(call.result / 2)
        case .inputOutputError: Errno.ioError.rawValue
        case .diskFull: Errno.noSpace.rawValue
        case .interrupted: Errno.interrupted.rawValue
        }
    }
}

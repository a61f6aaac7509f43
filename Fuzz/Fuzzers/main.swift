import CFuzzing
import Glibc

/// The one that `FUZZER` names. It is no argument, because libFuzzer starts itself anew with arguments of its own.
enum Chosen {
    static let fuzzer = unsafe getenv("FUZZER").flatMap { name in
        Fuzzer.all.first { unsafe $0.name == String(cString: name) }
    }
}

guard let fuzzer = Chosen.fuzzer else {
    print(Fuzzer.all.map(\.name).joined(separator: "\n"))
    exit(64)
}
demand(qbv_count_allocations() != 0, "allocations cannot be counted")
// What is made once for all is not laid to the first input's account.
fuzzer.check([])

var count = CommandLine.argc
var arguments = unsafe Optional(CommandLine.unsafeArgv)
exit(
    unsafe LLVMFuzzerRunDriver(&count, &arguments) { start, count in
        Chosen.fuzzer?.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    }
)

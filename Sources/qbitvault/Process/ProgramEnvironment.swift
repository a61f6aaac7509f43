import Glibc
import Secrets

/// What a program that we start finds as its environment: ours, without what would contradict, and with what is added.
/// Secrets go there straight from guarded memory, never as text.
struct ProgramEnvironment: ~Copyable {
    enum Value: Hashable {
        /// A part of the secret.
        case secret(Range<Int>)
        case text(String)
    }

    struct Variable: Hashable {
        let name: String
        let value: Value
    }

    /// `NAME=value`, each with a zero byte behind it.
    private let added: Secret
    private let starts: [Int]
    private let removed: Set<String>

    /// - Parameter removed: variables of ours that the program does not get.
    init(adding variables: [Variable], of secret: borrowing Secret, removing removed: Set<String>) {
        var starts: [Int] = []
        added = secret.withBytes { bytes in
            Secret(capacity: variables.reduce(0) { $0 + $1.size }) { out in
                for variable in variables {
                    starts.append(out.byteCount)
                    for byte in variable.name.utf8 { out.append(byte) }
                    out.append(UInt8(ascii: "="))
                    switch variable.value {
                    case .secret(let range): for index in range { out.append(bytes[index]) }
                    case .text(let text): for byte in text.utf8 { out.append(byte) }
                    }
                    out.append(0)
                }
            }
        }
        self.starts = starts
        self.removed = removed.union(variables.map(\.name))
    }

    /// Lends it out as `execve` takes it.
    borrowing func withVariables<R>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
        unsafe added.withUnsafeBytes { text in
            var variables = unsafe inherited()
            for start in starts {
                // The signature asks for it; nothing is written.
                let place = unsafe UnsafeMutableRawPointer(mutating: text + start)
                unsafe variables.append(place.assumingMemoryBound(to: CChar.self))
            }
            unsafe variables.append(nil)
            return unsafe body(variables)
        }
    }

    private borrowing func inherited() -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            if unsafe !removed.contains(Self.name(of: variable)) { unsafe variables.append(variable) }
            unsafe next += 1
        }
        return unsafe variables
    }

    private static func name(of variable: UnsafeMutablePointer<CChar>) -> String {
        let count = unsafe strcspn(variable, "=")
        let bytes = unsafe UnsafeRawBufferPointer(start: variable, count: count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}

extension ProgramEnvironment.Variable {
    /// In bytes, with what stands between and behind.
    fileprivate var size: Int {
        switch value {
        case .secret(let range): name.utf8.count + range.count + 2
        case .text(let text): name.utf8.count + text.utf8.count + 2
        }
    }
}

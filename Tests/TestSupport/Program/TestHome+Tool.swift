import Glibc
package import SystemPackage

extension TestHome {
    /// The built `qbitvault`: it lies beside the test bundle, which is the program that this process runs.
    package static var tool: FilePath {
        get throws {
            guard let bundle = unsafe realpath("/proc/self/exe", nil) else { throw Errno(rawValue: errno) }
            defer { unsafe free(bundle) }
            return unsafe FilePath(platformString: bundle).removingLastComponent().appending("qbitvault")
        }
    }
}

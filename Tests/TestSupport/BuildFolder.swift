import Glibc
package import SystemPackage

/// Where what was built lies: the test bundle, programs and modules.
package enum BuildFolder {
    package static var path: FilePath {
        get throws {
            guard let bundle = unsafe realpath("/proc/self/exe", nil) else { throw Errno(rawValue: errno) }
            defer { unsafe free(bundle) }
            return unsafe FilePath(platformString: bundle).removingLastComponent()
        }
    }
}

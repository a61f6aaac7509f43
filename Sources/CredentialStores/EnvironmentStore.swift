import Glibc
import Secrets
import SystemPackage

/// The process environment: `NAME` holds a value, `NAME_FILE` names a file that does.
///
/// It serves the default server under the plain name and others under `NAME__SERVER`. Values cannot be bound.
@safe
package struct EnvironmentStore: CredentialSource {
    /// Finds a variable. The bytes must stay where they are until the call that asked is over.
    package typealias Lookup = @Sendable (_ name: String) -> UnsafePointer<CChar>?

    package let place = Place(.environment)
    private let lookup: Lookup

    /// The environment of this process.
    package init() { unsafe self.init { unsafe UnsafePointer(getenv($0)) } }

    package init(lookup: @escaping Lookup) { unsafe self.lookup = lookup }

    /// - Throws: `.failed(.nameBesideFile)` when both variables are set, `.failed(.empty)` for one that is set to
    ///   nothing or names an empty file, `.failed(.absent)` for a file that is not there, `.unsafe` for one that
    ///   others can write to or that is no regular file.
    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        let name = key.unscopedName
        let value = unsafe lookup(name)
        let path = unsafe lookup(name + "_FILE")
        if let value = unsafe value {
            let place = Place(.environment, name)
            guard unsafe path == nil else { throw StoreError(.failed(.nameBesideFile), at: place) }
            guard unsafe value.pointee != 0 else { throw StoreError(.failed(.empty), at: place) }
            return unsafe StoredCredential(value: Secret(copyingCString: value), origins: [], place: place)
        }
        guard let path = unsafe path else { return nil }
        guard unsafe path.pointee != 0 else {
            throw StoreError(.failed(.empty), at: Place(.environment, name + "_FILE"))
        }
        let file = unsafe FilePath(platformString: path)
        let place = Place(.environmentFile, file.string)
        return StoredCredential(value: try SuppliedSecret.read(file, at: place), origins: [], place: place)
    }
}

extension Secret {
    /// A copy of a C string, without its end mark.
    fileprivate init(copyingCString text: UnsafePointer<CChar>) {
        let count = unsafe strlen(text)
        unsafe self.init(count: count) { room in unsafe memcpy(room, text, count) }
    }
}

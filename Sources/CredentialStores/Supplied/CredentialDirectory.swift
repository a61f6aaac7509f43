import SecureFiles
package import SystemPackage

/// A folder in which a service manager or a container supplies credentials, a file for each: `$CREDENTIALS_DIRECTORY`
/// of systemd (`LoadCredential=`, `LoadCredentialEncrypted=`, `SetCredential=`), `/run/secrets` of docker, podman and
/// kubernetes.
///
/// It serves the default server under the plain name and others under `NAME__SERVER`. Values cannot be bound. Links are
/// followed, because kubernetes makes every name one.
package struct CredentialDirectory: CredentialSource {
    private let folder: FilePath

    package var place: Place { Place(.serviceCredentials, folder.string) }

    package init(_ folder: FilePath) { self.folder = folder }

    /// - Throws: `.failed(.empty)` for an empty file, `.failed(.unreadable)` for one that this user may not read or even
    ///   look for, `.unsafe` for one that others can write to or that is no regular file.
    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        let path = folder.appending(key.unscopedName)
        let place = Place(.serviceCredentials, path.string)
        // A link that leads nowhere is there: somebody meant to supply something.
        do { _ = try path.stat(followTargetSymlink: false) } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return nil }
            throw StoreError(reading: FileError(.failed(.open, error), at: path), at: place)
        }
        return StoredCredential(value: try SuppliedSecret.read(path, at: place), origins: [], place: place)
    }
}

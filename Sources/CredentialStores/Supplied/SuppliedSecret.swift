package import Secrets
import SecureFiles
package import SystemPackage

/// A secret that somebody else supplies: in a file, by a descriptor, from a program.
package enum SuppliedSecret {
    /// What a file holds.
    static func read(_ path: FilePath, at place: Place) throws(StoreError) -> Secret {
        let text: Secret
        do { text = try FileReading.secret(at: path, rule: .supplied, limit: StoreError.supplyLimit) } catch {
            throw StoreError(reading: error, at: place)
        }
        return try checked(text, at: place)
    }

    /// What a descriptor still has.
    ///
    /// - Parameters:
    ///   - limit: the most bytes it may have.
    ///   - isHandedOver: whether a file is refused that others can write to. What a shell puts on standard input is the
    ///     user's own choice.
    package static func read(
        _ descriptor: FileDescriptor, at place: Place, limit: Int, isHandedOver: Bool
    ) throws(StoreError) -> Secret {
        let name = FilePath(place.detail)
        let text: Secret
        do throws(FileError) {
            text =
                isHandedOver
                ? try FileReading.suppliedSecret(from: descriptor, named: name, limit: limit)
                : try FileReading.secret(from: descriptor, named: name, limit: limit)
        } catch { throw StoreError(reading: error, at: place) }
        return try checked(text, at: place)
    }

    /// One newline at its end (LF or CRLF) does not belong to it.
    ///
    /// - Throws: `.failed(.empty)`, and `.failed(.holdsNUL)` for what was written as UTF-16, or is no password.
    static func checked(_ text: consuming Secret, at place: Place) throws(StoreError) -> Secret {
        let secret = text.withoutTrailingNewline()
        if secret.isEmpty { throw StoreError(.failed(.empty), at: place) }
        if secret.holdsNUL { throw StoreError(.failed(.holdsNUL), at: place) }
        return secret
    }
}

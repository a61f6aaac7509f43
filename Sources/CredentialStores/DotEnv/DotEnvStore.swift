import Secrets
import SecureFiles
package import SystemPackage

/// A `.env` file: the fallback, read and never written.
///
/// It must belong to the user and be closed to others. It serves the default server under the plain name and others
/// under `NAME__SERVER`. Values cannot be bound.
package struct DotEnvStore: CredentialSource {
    private let path: FilePath

    package init(_ path: FilePath) { self.path = path }

    package var place: Place { Place(.dotEnv, path.string) }

    /// - Throws: `.failed(.syntax(line:))` for a file with a line that cannot be read, whichever name is asked for;
    ///   `.failed(.empty)` for a name without a value; `.unsafe` for a file that others can read.
    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        switch try contents() {
        case let file?:
            switch try value(of: key.unscopedName, in: file) {
            case .none: return nil
            case .some(let value): return StoredCredential(value: value, origins: [])
            }
        case nil: return nil
        }
    }

    package func names(for server: String) throws(StoreError) -> [CredentialName] {
        let names: [String]
        switch try contents() {
        case let file?: names = try DotEnvContents(file, at: place).entries.map(\.name)
        case nil: return []
        }
        return names.compactMap { CredentialName(unscoped: $0, for: server) }
    }

    private func contents() throws(StoreError) -> Secret? {
        do { return try FileReading.secret(at: path, rule: .strict, limit: StoreError.supplyLimit) } catch {
            if error.code == .absent { return nil }
            throw StoreError(reading: error, at: place)
        }
    }

    private func value(of name: String, in file: borrowing Secret) throws(StoreError) -> Secret? {
        try file.withBytes { text throws(StoreError) in
            let assignments: [DotEnvAssignment]
            do throws(DotEnvSyntaxError) { assignments = try DotEnvParser.assignments(in: text) } catch {
                throw StoreError(.failed(.syntax(line: error.line)), at: place)
            }
            guard let last = assignments.last(where: { $0.name == name }) else { return nil }
            guard let value = last.value?.decoded(from: text), !value.isEmpty else {
                throw StoreError(.failed(.empty), at: place)
            }
            return value
        }
    }
}

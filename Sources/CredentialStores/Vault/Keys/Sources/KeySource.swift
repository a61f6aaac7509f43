import Secrets
package import SecureFiles
package import SystemPackage

/// One place that the key of a vault may come from.
package struct KeySource: Sendable {
    package enum Means: Sendable {
        /// A descriptor that was given to this very run. It is read once.
        case descriptor(FileDescriptor, Content)
        case command(SecretCommand)
        case file(FilePath, Content, FileRule)
        /// A folder in which systemd or a container supplies `qbitvault.key` or `qbitvault.passphrase`.
        case folder(FilePath)
        /// This host's own key.
        case host(FilePath)
        /// Asks a person for what opens slots of these kinds; nil where nobody may be asked.
        case person((@Sendable (_ kinds: [Slot.Kind]) throws(StoreError) -> VaultKey)?)
    }

    /// What comes from there.
    package enum Content: Hashable, Sendable { case key, passphrase }

    /// What people know it by: an option, a variable, a setting.
    package let name: String
    /// Nil where it is not given, not set, not recorded.
    package let means: Means?
    /// Whether somebody has named it for this vault. One that merely lies where keys usually lie is passed over where
    /// the vault has no slot for such a key, or where there is none.
    package let isNamed: Bool

    package init(_ name: String, _ means: Means?, isNamed: Bool = true) {
        self.name = name
        self.means = means
        self.isNamed = isNamed
    }

    package var isAPerson: Bool {
        if case .person = means { true } else { false }
    }

    /// What error and report say of it.
    package var place: Place? {
        switch means {
        case .descriptor: Place(.option, name)
        case .command(let command): command.place
        case .file(let path, _, _), .folder(let path), .host(let path): Place(.key, path.string)
        case .person, nil: nil
        }
    }
}

extension KeySource {
    /// What a source has to say to a vault.
    enum Answer: ~Copyable {
        case key(VaultKey)
        case passed(KeyFinding.Verdict)
    }

    /// Asks the source. One that somebody has named, or that is there and fails, throws and is never passed over.
    func ask(_ slots: [Slot]) throws(StoreError) -> Answer {
        if let verdict = glance(slots) { return .passed(verdict) }
        switch means {
        case .descriptor(let descriptor, let content): return .key(try Self.read(descriptor, content, name))
        case .command(let command): return .key(try VaultKey(passphrase: command.run(), from: command.place))
        case .file(let path, let content, let rule): return .key(try Self.read(path, content, rule))
        case .folder(let folder): return try Self.look(into: folder)
        case .host(let path):
            let key = try KeyFile.read(path)
            return slots.contains { $0.kind == .host && key.opens($0) } ? .key(key) : .passed(.opensNoSlot)
        case .person(let ask?): return .key(try ask(slots.map(\.kind)))
        case .person(nil), nil: return .passed(.notSet)
        }
    }

    /// Why the source need not be asked; nil where it must be.
    func glance(_ slots: [Slot]) -> KeyFinding.Verdict? {
        switch means {
        case nil, .person(nil): .notSet
        case .folder(let folder): Self.names(in: folder).isEmpty ? .absent : nil
        case .file(let path, .key, _) where !isNamed: Self.absence(of: path) ?? Self.lack(slots) { $0 == .keyFile }
        case .host(let path): Self.absence(of: path) ?? Self.lack(slots) { $0 == .host }
        case .person: Self.lack(slots, \.isTyped)
        default: nil
        }
    }

    private static func lack(_ slots: [Slot], _ fits: (Slot.Kind) -> Bool) -> KeyFinding.Verdict? {
        slots.contains { fits($0.kind) } ? nil : .noSlotOfItsKind
    }

    /// What cannot be looked at is not known to be missing.
    private static func absence(of path: FilePath) -> KeyFinding.Verdict? {
        do { _ = try path.stat(followTargetSymlink: false) } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return .absent }
        }
        return nil
    }

    /// What a folder supplies.
    private static func names(in folder: FilePath) -> [FilePath] {
        ["qbitvault.key", "qbitvault.passphrase"].map { folder.appending($0) }.filter { absence(of: $0) == nil }
    }
}

extension KeySource {
    private static func look(into folder: FilePath) throws(StoreError) -> Answer {
        let names = names(in: folder)
        guard let name = names.first else { return .passed(.absent) }
        guard names.count == 1 else { throw StoreError(.failed(.keyBesidePassphrase), at: Place(.key, folder.string)) }
        return .key(try read(name, name.extension == "key" ? .key : .passphrase, .supplied))
    }

    private static func read(_ path: FilePath, _ content: Content, _ rule: FileRule) throws(StoreError) -> VaultKey {
        if content == .key { return try KeyFile.read(path, rule: rule) }
        let place = Place(.key, path.string)
        let text: Secret
        do { text = try FileReading.secret(at: path, rule: rule, limit: StoreError.supplyLimit) } catch {
            throw StoreError(reading: error, at: place)
        }
        return try VaultKey(passphrase: text, from: place)
    }
}

import CredentialStores

/// Text in which `${NAME}` stands for a credential and `$$` for a dollar sign.
struct ReferringText: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case text(String)
        /// Its value is looked up when it is needed.
        case credential(CredentialName)
    }

    let parts: [Part]

    /// Nil for a `${` that no credential's name and `}` follow.
    init?(_ value: String) {
        var parts: [Part] = []
        var text = ""
        var rest = value[...]
        while let first = rest.popFirst() {
            switch (first, rest.first) {
            case ("$", "$"):
                rest.removeFirst()
                text.append("$")
            case ("$", "{"):
                guard let end = rest.firstIndex(of: "}"), let name = CredentialName(String(rest[..<end].dropFirst()))
                else { return nil }
                rest = rest[end...].dropFirst()
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(.credential(name))
            default: text.append(first)
            }
        }
        self.parts = text.isEmpty ? parts : parts + [.text(text)]
    }

    /// The credentials that it refers to.
    var references: [CredentialName] {
        parts.compactMap { part in
            if case .credential(let name) = part { name } else { nil }
        }
    }
}

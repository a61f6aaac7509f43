import CredentialStores
import SystemPackage

extension SettingKind<[String]> {
    /// A list of texts; one text alone is a list of one.
    static let texts = SettingKind("a list of texts", isStructured: true) { node, _ in
        if case .sequence(let items) = node.content { return allTexts(items) }
        return allTexts([node])
    }

    static let hosts = SettingKind("a host name, or a list of them", isStructured: true) { node, base in
        texts.read(node, base).flatMap { hosts in
            hosts.allSatisfy { SettingKind<String>.host.accepts($0) } ? hosts : nil
        }
    }
}

extension SettingKind<[String]> {
    /// A program and its arguments: always a list, so that nobody has to know how one line would be taken apart. The
    /// program is a path where a slash is in it.
    static let command = SettingKind(
        "a list of words, such as [pass, show, qbitvault]", isStructured: true
    ) { node, base in
        guard case .sequence(let items) = node.content else { return nil }
        var words: [String] = []
        for item in items {
            guard case .scalar(let text, _) = item.content, !text.utf8.contains(0) else { return nil }
            words.append(text)
        }
        guard let program = words.first, !program.isEmpty else { return nil }
        if program.contains("/") {
            guard let path = base.resolve(program) else { return nil }
            words[0] = path.string
        }
        return words
    }
}

extension SettingKind<[CredentialName]> {
    /// What credentials are called; one name alone is a list of one.
    static let credentialNames = SettingKind(
        "a list of names such as [QBIT_USERNAME, QBIT_PASSWORD]", isStructured: true
    ) { node, base in
        guard let texts = SettingKind<[String]>.texts.read(node, base), !texts.isEmpty else { return nil }
        let names = texts.compactMap { CredentialName($0) }
        return names.count == texts.count ? names : nil
    }
}

extension SettingKind<[[String]]> {
    /// Announce addresses: each text is a tier of its own, each list within the list one tier together.
    static let tiers = SettingKind(
        "a list of announce addresses, or of lists of them (tiers)", isStructured: true
    ) { node, _ in
        guard case .sequence(let items) = node.content else { return allTexts([node]).map { [$0] } }
        var tiers: [[String]] = []
        for item in items {
            guard case .sequence(let members) = item.content else {
                guard let tier = allTexts([item]) else { return nil }
                tiers.append(tier)
                continue
            }
            guard !members.isEmpty, let tier = allTexts(members) else { return nil }
            tiers.append(tier)
        }
        return tiers
    }
}

extension SettingKind<[PathRule]> {
    static let pathRules = SettingKind(
        "a mapping from absolute paths here to paths on the server", isStructured: true
    ) { node, _ in
        guard case .mapping(let entries) = node.content else { return nil }
        var rules: [PathRule] = []
        for entry in entries {
            guard entry.key.hasPrefix("/"), let there = allTexts([entry.value])?.first else { return nil }
            rules.append(PathRule(here: entry.key, there: there, line: entry.value.position.line))
        }
        return rules
    }
}

extension SettingKind<String> {
    /// Whether `text` alone would be read.
    fileprivate func accepts(_ text: String) -> Bool {
        let node = YamlNode(content: .scalar(text, plain: true), position: .start)
        return read(node, PathBase(folder: "", home: nil)) != nil
    }
}

/// Nil unless every node is text, and none of them empty.
private func allTexts(_ nodes: [YamlNode]) -> [String]? {
    var texts: [String] = []
    for node in nodes {
        guard case .scalar(let text, _) = node.content, !text.isEmpty, !text.utf8.contains(0) else { return nil }
        texts.append(text)
    }
    return texts
}

extension SettingKind<[HeaderSetting]> {
    static let headers = SettingKind(
        "a mapping from names of headers to their values", isStructured: true,
        flaw: { node in
            guard case .mapping(let entries) = node.content else { return nil }
            return HeaderLines(entries).flaw
        },
        read: { node, _ in
            guard case .mapping(let entries) = node.content else { return nil }
            let lines = HeaderLines(entries)
            return lines.flaw == nil ? lines.headers : nil
        })
}

/// The lines of `headers:`, up to the first that cannot be used.
private struct HeaderLines {
    private(set) var headers: [HeaderSetting] = []
    private(set) var flaw: SettingFlaw?

    init(_ entries: [YamlEntry]) {
        for entry in entries {
            do throws(HeaderFault) {
                guard case .scalar(let value, _) = entry.value.content else { throw .notText }
                let header = try HeaderSetting(entry.key, value)
                let isKnown = headers.contains { $0.name.lowercased() == header.name.lowercased() }
                if isKnown { throw .repeated }
                headers.append(header)
            } catch {
                // What is no name may be a value that was put into the wrong place.
                let name = error == .notAName ? nil : entry.key
                flaw = SettingFlaw(code: .badHeader(name, error), position: entry.position)
                return
            }
        }
    }
}

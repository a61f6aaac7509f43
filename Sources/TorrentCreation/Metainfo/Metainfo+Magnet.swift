extension Metainfo {
    /// A link that names the torrent by its info-hashes (BEP 9, BEP 52), with its name and its trackers.
    ///
    /// Trackers may hold a passkey, and then so does the link.
    package var magnetLink: String { magnetLink(to: trackers.joined()) }

    /// The same, to be shown to anybody: it names no tracker. Half an address would be none, and from a whole one nobody
    /// can tell whether it holds a pass key.
    package var shownMagnetLink: String { magnetLink(to: []) }

    private func magnetLink(to trackers: some Sequence<String>) -> String {
        var fields: [String] = []
        if let infoHashV1 { fields.append("xt=urn:btih:\(infoHashV1)") }
        // 0x12: SHA-256, 0x20: its 32 bytes (multihash).
        if let infoHashV2 { fields.append("xt=urn:btmh:1220\(infoHashV2)") }
        fields.append("dn=\(name.percentEncoded)")
        fields += trackers.map { "tr=\($0.percentEncoded)" }
        return "magnet:?" + fields.joined(separator: "&")
    }
}

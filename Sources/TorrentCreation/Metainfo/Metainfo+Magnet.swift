extension Metainfo {
    /// A link that names the torrent by its info-hashes (BEP 9, BEP 52), with its name and its trackers.
    ///
    /// Trackers may hold a passkey, and then so does the link.
    package var magnetLink: String {
        var fields: [String] = []
        if let infoHashV1 { fields.append("xt=urn:btih:\(infoHashV1)") }
        // 0x12: SHA-256, 0x20: its 32 bytes (multihash).
        if let infoHashV2 { fields.append("xt=urn:btmh:1220\(infoHashV2)") }
        fields.append("dn=\(name.percentEncoded)")
        fields += trackers.joined().map { "tr=\($0.percentEncoded)" }
        return "magnet:?" + fields.joined(separator: "&")
    }
}

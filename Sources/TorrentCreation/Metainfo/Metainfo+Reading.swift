extension Metainfo {
    /// Reads a whole .torrent file.
    package init(_ bytes: [UInt8], limits: Bencode.Limits = .torrent) throws(MetainfoError) {
        let root = try Bencode(bytes, limits: limits).root
        guard root.kind == .dictionary else { throw root.wrongType(for: "") }
        let info = try root.required("info")
        guard info.kind == .dictionary else { throw info.wrongType(for: "info") }

        let layout = try Layout(info: info, layers: root["piece layers"])
        let raw = bytes[info.range]

        format = layout.format
        name = layout.name
        entries = layout.entries
        pieceLength = layout.pieceLength
        pieceCount = layout.pieceCount
        metaVersion = layout.format == .v1 ? 1 : 2
        infoHashV1 = layout.format == .v2 ? nil : .version1(of: raw)
        infoHashV2 = layout.format == .v1 ? nil : .version2(of: raw)
        infoRange = info.range
        isPrivate = try info.number("private") == 1
        source = try info.text("source")
        comment = try root.text("comment")
        createdBy = try root.text("created by")
        creationDate = try root.number("creation date")
        announce = try root.text("announce")
        announceList = try Self.tiers(root["announce-list"])
        webSeeds = try Self.webSeeds(root["url-list"])
    }

    private static func tiers(_ value: BencodeValue?) throws(MetainfoError) -> [[String]] {
        guard let value else { return [] }
        guard let tiers = value.items else { throw value.wrongType(for: "announce-list") }
        var trackers: [[String]] = []
        for tier in tiers { trackers.append(try tier.texts(of: "announce-list")) }
        return trackers
    }

    private static func webSeeds(_ value: BencodeValue?) throws(MetainfoError) -> [String] {
        guard let value else { return [] }
        return try value.kind == .list ? value.texts(of: "url-list") : [value.asText(of: "url-list")]
    }
}

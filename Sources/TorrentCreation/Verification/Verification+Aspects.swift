extension Verification {
    static func format(_ metainfo: Metainfo, _ asked: CreationParameters) -> Mismatch? {
        metainfo.format == asked.format ? nil : .format(asked: asked.format, found: metainfo.format)
    }

    static func privacy(_ metainfo: Metainfo, _ asked: CreationParameters) -> Mismatch? {
        metainfo.isPrivate == asked.isPrivate ? nil : .privacy(asked: asked.isPrivate, found: metainfo.isPrivate)
    }

    /// Tier by tier, and then `announce`, which older clients read alone: it is the first tracker of all.
    static func trackers(_ metainfo: Metainfo, _ asked: CreationParameters) -> Mismatch? {
        let wanted = asked.trackersAsWritten
        let found = metainfo.trackers
        for tier in 0..<max(wanted.count, found.count) {
            let difference = AddressDifference(
                asked: tier < wanted.count ? wanted[tier] : [],
                found: tier < found.count ? found[tier] : []
            )
            if let difference { return .tracker(difference, tier: tier) }
        }
        let first = wanted.first?.first.map { [$0] } ?? []
        return AddressDifference(asked: first, found: metainfo.announce.map { [$0] } ?? [])
            .map { .tracker($0, tier: 0) }
    }

    /// Byte for byte; an absent text and an empty one are the same.
    static func text(_ asked: String, _ found: String?, _ mismatch: (String, String) -> Mismatch) -> Mismatch? {
        let found = found ?? ""
        return asked.hasSameBytes(as: found) ? nil : mismatch(asked, found)
    }
}

extension CreationParameters {
    /// The tiers as servers write them: a tracker that came before, in any tier, is dropped (observed on 5.1.0 and
    /// 5.3.0), and so is a tier that this leaves empty.
    var trackersAsWritten: [[String]] {
        var seen: Set<String> = []
        return trackers.map { tier in tier.filter { seen.insert($0).inserted } }.filter { !$0.isEmpty }
    }
}

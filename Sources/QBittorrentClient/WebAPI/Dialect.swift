/// What differs from one Web API version to another, as far as this client is concerned: the row of a table.
///
/// A version newer than the last row is taken to be like it. How a sign-in is answered stands here for reference and is
/// checked against real servers, but the client judges each such answer by itself (`LoginVerdict`): it does not know
/// the version before it has signed in, and a proxy may stand in between.
package struct Dialect: Hashable, Sendable {
    package let version: WebAPIVersion
    private let traits: Traits

    package init(_ version: WebAPIVersion) {
        self.version = version
        traits = Self.table.last { $0.since <= version }?.traits ?? Self.table[0].traits
    }

    /// The first version with the Torrent Creator.
    package static let torrentCreator = WebAPIVersion(2, 11, 2)

    package var hasTorrentCreator: Bool { traits.hasTorrentCreator }
    /// Whether `Authorization: Bearer` is looked at; older servers ignore it.
    package var hasAPIKeys: Bool { traits.hasAPIKeys }
    package var knowsIgnoreDotfiles: Bool { traits.knowsIgnoreDotfiles }
    /// Whether `Authorization: Basic` is looked at. There a wrong one counts to the ban.
    var hasBasic: Bool { traits.hasBasic }
    var login: LoginAnswers { traits.login }
    var cookieName: CookieName { traits.cookieName }
    var taskTimes: TaskTimes { traits.taskTimes }

    /// A list of URLs in tiers, in the spelling of `addTask`.
    func list(_ tiers: [[String]]) -> String {
        tiers.filter { !$0.isEmpty }.map { tier in
            tier.map { traits.wantsEncodedLists ? PercentEncoding.encode($0) : $0 }.joined(separator: "|")
        }.joined(separator: "||")
    }
}

extension Dialect {
    /// The statuses that a login is answered with.
    struct LoginAnswers: Hashable, Sendable {
        var accepted = 200
        /// With 200 the body says `Fails.` and no cookie is set.
        var refused = 200
    }

    enum CookieName: Hashable, Sendable {
        /// `SID`
        case fixed
        /// `QBT_SID_` and the port that the server itself listens on.
        case byPort
    }

    enum TaskTimes: Hashable, Sendable {
        /// `Sun Nov 22 17:02:12 2026`, in the server's local time.
        case text
        /// Since 1970.
        case seconds
    }

    private struct Traits: Hashable, Sendable {
        var login = LoginAnswers()
        var cookieName = CookieName.fixed
        var hasAPIKeys = false
        var hasBasic = false
        var hasTorrentCreator = false
        /// Older creators would put the encoded text into the torrent; later ones decode `%XX` in a raw URL.
        var wantsEncodedLists = false
        var knowsIgnoreDotfiles = false
        var taskTimes = TaskTimes.text
    }

    /// Observed on 2.8.19 (4.5.2), 2.11.4 (5.1.0) and 2.16.2 (5.3.0). Where a change came between those, the row is the
    /// first version whose source has it: 2.11.2 is 5.0.0, 2.15.1 is 5.2.0.
    private static let table: [(since: WebAPIVersion, traits: Traits)] = {
        var rows: [(since: WebAPIVersion, traits: Traits)] = []
        func since(_ version: WebAPIVersion, _ change: (inout Traits) -> Void) {
            var traits = rows.last?.traits ?? Traits()
            change(&traits)
            rows.append((version, traits))
        }
        since(WebAPIVersion(0, 0)) { _ in }
        since(torrentCreator) { $0.hasTorrentCreator = true }
        since(WebAPIVersion(2, 14, 0)) { $0.login.refused = 401 }
        since(WebAPIVersion(2, 14, 1)) { $0.hasAPIKeys = true }
        since(WebAPIVersion(2, 15, 0)) { $0.hasBasic = true }
        since(WebAPIVersion(2, 15, 1)) {
            $0.login.accepted = 204
            $0.cookieName = .byPort
            $0.wantsEncodedLists = true
        }
        since(WebAPIVersion(2, 16, 0)) {
            $0.knowsIgnoreDotfiles = true
            $0.taskTimes = .seconds
        }
        return rows
    }()
}

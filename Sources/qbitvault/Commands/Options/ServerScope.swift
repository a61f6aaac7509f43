/// Which servers a command can be about.
enum ServerScope: Sendable {
    /// None: it is about this machine alone.
    case none
    /// The default one, or the one that `--server` names.
    case one
    /// The same, and `--server` may name one that the configuration does not know.
    case oneOrNew
    /// The same as `one`, and `--all-servers`.
    case several

    /// Refuses options that make no sense here.
    func check(_ options: GlobalOptions) throws {
        if options.allServers, self != .several {
            throw Problem(
                .usage, self == .none ? Self.aboutNone : "This is done for one server at a time.", at: "--all-servers",
                next: self == .none ? "leave it out" : "name the server: --server NAME")
        }
        if options.server != nil, self == .none {
            throw Problem(.usage, Self.aboutNone, at: "--server", next: "leave it out")
        }
    }

    private static let aboutNone = "This is not about any server."
}

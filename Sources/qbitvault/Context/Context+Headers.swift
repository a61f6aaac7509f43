import CredentialStores
import QBittorrentClient
import Secrets

/// The configured headers, with the values of the credentials that they refer to.
struct ResolvedHeaders: Sendable {
    /// Go with every request.
    var always: [SecretHeader] = []
    /// Goes to a proxy that asks for it, and to nobody else.
    var authorization: SecretHeader?
}

extension Context {
    /// Looks up what the configured headers refer to, in all places but those of this run alone, which have no more than
    /// a password. A credential that is bound to another server is refused.
    func headers(for server: Server) throws -> ResolvedHeaders {
        var resolved = ResolvedHeaders()
        guard !settings.qbittorrent.headers.isEmpty else { return resolved }
        let known = try chain(nil)
        let chain = CredentialChain(
            sources: known.sources, server: known.server, origin: server.origin, username: known.username,
            allowsUnbound: known.allowsUnbound)
        for header in settings.qbittorrent.headers {
            if header.isAuthorization {
                resolved.authorization = try authorization(header, chain)
            } else {
                guard let sound = SecretHeader(header.name, try value(of: header.parts[...], of: header, chain)) else {
                    throw Problem(
                        .secretSourceFailed, "What the header \(header.name) refers to holds a control character.",
                        at: header.references.map(\.description).joined(separator: ", "), next: "keep it in one line")
                }
                resolved.always.append(sound)
            }
        }
        return resolved
    }

    private func authorization(_ header: HeaderSetting, _ chain: CredentialChain) throws -> SecretHeader {
        guard case .text(let text)? = header.parts.first else { throw Problem(.unexpected, "Not a Basic header.") }
        // What follows the scheme.
        let beginning = HeaderSetting.Part.text(String(text.dropFirst("Basic ".count).drop { $0 == " " }))
        let credentials = try value(of: [beginning] + header.parts.dropFirst(), of: header, chain)
        guard let basic = SecretHeader.basic(credentials) else {
            throw Problem(
                .secretSourceFailed, "What the header Authorization refers to is no name and password for a proxy.",
                at: header.references.map(\.description).joined(separator: ", "),
                next: "keep it as NAME:PASSWORD, or that in base64")
        }
        return basic
    }

    private func value(
        of parts: ArraySlice<HeaderSetting.Part>, of header: HeaderSetting, _ chain: CredentialChain
    ) throws -> Secret {
        var value = Secret(copying: [])
        for part in parts {
            switch part {
            case .text(let text): value = .joining(value, Secret(copying: text.utf8))
            case .credential(let name): value = .joining(value, try credential(name, for: header, chain))
            }
        }
        return value
    }

    private func credential(
        _ name: CredentialName, for header: HeaderSetting, _ chain: CredentialChain
    ) throws -> Secret {
        if name == .username, let username = chain.username { return Secret(copying: username.utf8) }
        switch name == .username ? try chain.findUsername() : try chain.find(name) {
        case let found?:
            let place = found.credential.place ?? found.source.place
            if place.kind == .dotEnv {
                world.output.note("\(name) comes from plain text, \(place.detail)")
            }
            let value = found.takeValue()
            guard !value.isEmpty, !value.holdsControlCharacters else {
                throw Problem(
                    .secretSourceFailed,
                    "\(name) is empty or holds a line break, which the header \(header.name) cannot carry.",
                    at: place.description, next: "keep it again in one line: qbitvault credential set \(name) --stdin")
            }
            return value
        case nil:
            throw Problem(
                .credentialNotFound, "There is no credential \(name), which the header \(header.name) refers to.",
                at: chain.sources.map(\.place.description).joined(separator: ", "),
                next: "keep it: qbitvault credential set \(name) --stdin")
        }
    }
}

extension HeaderSetting {
    /// The credentials that it refers to.
    fileprivate var references: [CredentialName] {
        parts.compactMap { part in
            if case .credential(let name) = part { name } else { nil }
        }
    }
}

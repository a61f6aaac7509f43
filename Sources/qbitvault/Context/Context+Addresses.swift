import CredentialStores
import Secrets

extension Context {
    /// Trackers or web seeds with the values of the credentials that they refer to. From here on a pass key is text like
    /// any other: it is to stand in the torrent, in the clear.
    ///
    /// - Throws: `Problem` with 10 for a credential that is not there, before anything is sent.
    func resolve(_ addresses: [String]) throws -> [String] {
        guard addresses.contains(where: { $0.contains("$") }) else { return addresses }
        let chain = try chain(nil)
        return try addresses.map { address in
            guard let text = ReferringText(address) else {
                throw Problem(
                    .usage, "An address refers to no credential: ${ must be followed by a name and }.",
                    at: "a tracker or web seed", next: "write ${NAME}, and $$ for a dollar sign")
            }
            return try text.parts.reduce(into: "") { resolved, part in
                switch part {
                case .text(let text): resolved += text
                case .credential(let name):
                    let value = try passKey(name, chain)
                    // As a part of an address it must not make another address of it.
                    if text.parts.count > 1, value.contains(where: { "/?#@\\%".contains($0) }) {
                        throw Problem(
                            .secretSourceFailed, "\(name) holds a character that would change the address around it.",
                            at: "a tracker or web seed",
                            next: "keep the pass key alone, or the whole address and write ${\(name)} alone")
                    }
                    resolved += value
                }
            }
        }
    }

    private func passKey(_ name: CredentialName, _ chain: CredentialChain) throws -> String {
        guard ![.username, .password, .apiKey].contains(name) else {
            throw Problem(
                .usage, "\(name) signs in to the server, and is to stand in no torrent.", at: "a tracker or web seed",
                next: "keep the tracker's pass key under a name of its own: qbitvault credential set PASSKEY --stdin")
        }
        guard let found = try chain.find(name) else {
            throw Problem(
                .credentialNotFound, "There is no credential \(name), which a tracker or web seed refers to.",
                at: chain.sources.map(\.place.description).joined(separator: ", "),
                next: "keep it: qbitvault credential set \(name) --stdin")
        }
        let place = found.credential.place ?? found.source.place
        let value = found.takeValue()
        guard !value.isEmpty, !value.holdsControlCharacters, let text = value.passKey() else {
            throw Problem(
                .secretSourceFailed, "\(name) is empty, is not UTF-8 or holds a line break, which no address can.",
                at: place.description, next: "keep it again in one line: qbitvault credential set \(name) --stdin")
        }
        return text
    }
}

extension Secret {
    /// Nil where it is not UTF-8.
    fileprivate borrowing func passKey() -> String? {
        withBytes { bytes in
            String(validating: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}

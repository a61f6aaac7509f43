import QBittorrentClient

extension HeaderFault {
    /// - Parameter name: the header's, where it has one.
    func sentence(_ name: String?) -> String {
        let header = name.map { "The header \($0)" } ?? "A header"
        return switch self {
        case .notAName: "A header's name holds something that no name can hold (not shown)."
        case .owned: "\(header) cannot be set: the program or the connection sets it."
        case .repeated: "\(header) is there twice."
        case .notText: "\(header) has a list or nothing as its value."
        case .empty: "\(header) has an empty value."
        case .controlCharacter: "\(header) holds a line break or another control character."
        case .reference: "\(header) has a ${ that no name of a credential and } follow."
        case .notBasic: "\(header) can be Basic alone."
        case .plainSecret: "\(header) holds its password in plain text."
        }
    }

    var remedy: String {
        switch self {
        case .notAName: "write NAME: VALUE; a name has letters, digits and dashes"
        case .owned, .repeated: "remove the line"
        case .notText, .empty: "write a text, such as \"${PROXY_TOKEN}\""
        case .controlCharacter: "write the value in one line"
        case .reference: "write ${NAME}, or $$ for a dollar sign"
        case .notBasic: "write \"Basic ${NAME}\", or another header that the proxy takes"
        case .plainSecret:
            "keep name:password with `qbitvault credential set PROXY_LOGIN --stdin`, and write \"Basic ${PROXY_LOGIN}\""
        }
    }
}

extension Problem {
    /// The `Authorization` header for a proxy in front of the server.
    init(_ refusal: AuthorizationRefusal, at place: String) {
        switch refusal {
        case .proxy:
            self.init(
                .credentialsRefused, "The proxy in front does not accept the Authorization header.",
                at: "proxy at \(place)",
                next: "keep the right name:password with `qbitvault credential set`, as the header refers to it")
        case .server:
            self.init(
                .credentialsRefused,
                "The proxy in front passes the Authorization header on, and the server does not accept it.", at: place,
                next: """
                    let the proxy keep it (nginx: proxy_set_header Authorization ""), and call the server by the server's \
                    own name and port (nginx: proxy_set_header Host $proxy_host)
                    """)
        case .before(let nextTry):
            let until = nextTry.map { "; tried again after \(Moment($0))" } ?? ", or say --force"
            self.init(
                .refusedBefore, "The Authorization header was refused before, so it was not sent again.", at: place,
                next: "correct the credential that the header refers to, or the proxy\(until)")
        }
    }
}

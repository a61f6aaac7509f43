import QBittorrentClient
import SystemPackage
import Testing

@testable import qbitvault

/// The text of a configuration, changed at one server's address and nowhere else.
@Suite struct ServerChangeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let before: String
        var url = "https://nas.example:8443/qbt"
        var name: String?
        var plain = false
        let after: String

        var testDescription: String { before }
    }

    @Test(arguments: [
        // The value alone, and its comment stays.
        Case(
            before: "# mine\nqbittorrent:\n  url: http://old:1  # the box\n  read_timeout: 5\n",
            after: "# mine\nqbittorrent:\n  url: \"https://nas.example:8443/qbt\"  # the box\n  read_timeout: 5\n"),
        Case(
            before: "qbittorrent: {url: 'http://old:1', read_timeout: 5}  # x\n",
            after: "qbittorrent: {url: \"https://nas.example:8443/qbt\", read_timeout: 5}  # x\n"),
        // Parts stay parts, and those that are right stay as they are.
        Case(
            before: "qbittorrent:\n  host: \"NAS.example\" # here\n  port: 8080\n",
            after: """
                qbittorrent:
                  base_path: "/qbt"
                  use_https: true
                  host: "NAS.example" # here
                  port: 8443

                """),
        Case(
            before: "qbittorrent: { host: old, port: 1 }\n", url: "http://nas:2",
            after: "qbittorrent: { host: \"nas\", port: 2 }\n"),
        // A section as the template has it: all its keys are comments.
        Case(
            before: "qbittorrent:\n  # Where it is.\n  # url:\n\nauth:\n  # method: auto\n",
            after: """
                qbittorrent:
                  url: "https://nas.example:8443/qbt"
                  # Where it is.
                  # url:

                auth:
                  # method: auto

                """),
        Case(
            before: "qbittorrent:\n    url:   # to come\n    username: me\n",
            after: "qbittorrent:\n    url: \"https://nas.example:8443/qbt\"   # to come\n    username: me\n"),
        Case(before: "qbittorrent: ~\n", after: "qbittorrent: {url: \"https://nas.example:8443/qbt\"}\n"),
        Case(before: "qbittorrent: {}\n", after: "qbittorrent: {url: \"https://nas.example:8443/qbt\"}\n"),
        // What is missing comes at the end.
        Case(
            before: "# nothing yet", after: "# nothing yet\nqbittorrent:\n  url: \"https://nas.example:8443/qbt\"\n"),
        Case(before: "", after: "qbittorrent:\n  url: \"https://nas.example:8443/qbt\"\n"),
        Case(
            before: "auth: {method: password}\n# the end\n",
            after: "auth: {method: password}\n# the end\nqbittorrent:\n  url: \"https://nas.example:8443/qbt\"\n"),
        // As other systems and alphabets write it.
        Case(
            before: "# Größe 🔑\r\nqbittorrent:\r\n  url: http://old:1 # ä\r\n  username: é\r\n",
            after: "# Größe 🔑\r\nqbittorrent:\r\n  url: \"https://nas.example:8443/qbt\" # ä\r\n  username: é\r\n"),
        Case(
            before: "qbittorrent:\r\n  username: é\r\n",
            after: "qbittorrent:\r\n  url: \"https://nas.example:8443/qbt\"\r\n  username: é\r\n"),
        // Plain http.
        Case(
            before: "qbittorrent:\n  url: http://nas:80\n", url: "http://nas:80", plain: true,
            after: "qbittorrent:\n  allow_plain_http: [\"nas\"]\n  url: http://nas:80\n"),
        Case(
            before: "qbittorrent:\n  url: http://nas:80\n  allow_plain_http: [a, b] # these\n", url: "http://nas:80",
            plain: true,
            after: "qbittorrent:\n  url: http://nas:80\n  allow_plain_http: [a, b, \"nas\"] # these\n"),
        Case(
            before: "qbittorrent:\n  url: http://nas:80\n  allow_plain_http:\n    - a # one\n    - b # two\n  port:\n",
            url: "http://nas:80", plain: true,
            after: """
                qbittorrent:
                  url: http://nas:80
                  allow_plain_http:
                    - a # one
                    - b # two
                    - "nas"
                  port:

                """),
        Case(
            before: "qbittorrent: {url: \"http://nas:80\", allow_plain_http: a}\n", url: "http://nas:80", plain: true,
            after: "qbittorrent: {url: \"http://nas:80\", allow_plain_http: [a, \"nas\"]}\n"),
        // Servers by name.
        Case(
            before: "servers:\n  a: {url: \"http://a\"}\n  nas: # this\n    url: http://old # x\n", name: "nas",
            after: "servers:\n  a: {url: \"http://a\"}\n  nas: # this\n    url: \"https://nas.example:8443/qbt\" # x\n"),
        Case(
            before: "servers:\n    a:\n        url: http://a\n", name: "nas",
            after: """
                servers:
                    nas:
                      url: "https://nas.example:8443/qbt"
                    a:
                        url: http://a

                """),
        Case(
            before: "servers: {a: {url: \"http://a\"}}\n", name: "nas",
            after: "servers: {nas: {url: \"https://nas.example:8443/qbt\"}, a: {url: \"http://a\"}}\n"),
        Case(
            before: "servers:\n  # a name for each\n", name: "nas",
            after: "servers:\n  nas:\n    url: \"https://nas.example:8443/qbt\"\n  # a name for each\n"),
        Case(
            before: "qbittorrent:\n  url: http://a\n", url: "http://b", name: "nas", plain: true,
            after: """
                qbittorrent:
                  url: http://a
                servers:
                  nas:
                    allow_plain_http: ["b"]
                    url: "http://b:80"

                """),
    ])
    func theRightPlaceIsChangedAndNothingElse(_ it: Case) throws {
        #expect(try Self.changed(it) == it.after)
    }

    /// Changed, these would say something else than what is meant, or something else as well.
    @Test(arguments: [
        // `nas` takes its host from there.
        Case(before: "qbittorrent: {host: old}\nservers:\n  nas: {port: 1}\n", after: ""),
        // Nothing can follow the document's end.
        Case(before: "auth: {method: auto}\n...\n", after: ""),
        Case(before: "auth: {method: auto}\n", name: "nas\nqbittorrent:\n  verify_tls", after: ""),
        Case(before: "{qbittorrent: , auth: {method: auto}}\n", after: ""),
    ])
    func whatIsNotCertainIsLeft(_ it: Case) throws {
        #expect(try Self.changed(it) == nil)
    }

    @Test func aNewOneSaysThisAlone() throws {
        for name in [nil, "nas.2"] {
            let change = ServerChange(server: try Server("http://nas:1"), name: name, allowsPlainHTTP: true)
            let made = try settings(String(decoding: change.newText, as: UTF8.self))
            let own = name == nil ? made.qbittorrent : made.servers.first?.settings
            #expect(try own?.server() == change.server && own?.allowPlainHTTP == ["nas"])
        }
    }

    @Test func aDifferenceIsReadByPatch() {
        let (old, new) = ("a\nb\nc\nd", "a\nB\nc\nd\ne\n")
        let lines = LineDifference.lines(from: Array(old.utf8), to: Array(new.utf8))
        #expect(lines == ["@@ -2 +2 @@", "-b", "+B", "@@ -4,0 +5 @@", "+e"])
        #expect(LineDifference.lines(from: Array(old.utf8), to: Array(old.utf8)) == [])
    }

    private static func changed(_ it: Case) throws -> String? {
        let change = ServerChange(server: try Server(it.url), name: it.name, allowsPlainHTTP: it.plain)
        return try change.applied(to: Array(it.before.utf8), of: named, home: "/home/a").map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

import ArgumentParser
import Glibc
import QBittorrentClient
import Secrets
import SecureFiles

/// Accepts one certificate of a server.
struct TrustAdd: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Pin the certificate that the server presents: it is accepted, and no other is.",
        discussion: """
            Compare the fingerprint with the server's own before you agree, there by \
            `openssl x509 -noout -fingerprint -sha256 -in FILE`. Without a terminal --fingerprint says which \
            certificate is meant. After the server was given another certificate, pin that one.
            """)

    @Option(help: ArgumentHelp("SHA-256 of the certificate that is meant.", valueName: "hex"))
    var fingerprint: Fingerprint?
    @OptionGroup var options: TrustOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let server = try options.server(in: context)
        let before = try context.pin(of: server)
        let look = try await context.look(at: server)
        try agree(to: look, of: server, before, in: context)
        let pins = try context.pins()
        do throws(FileError) { try pins.add(look.certificate, for: server, now: time(nil)) } catch {
            throw Problem(changingPins: error)
        }
        let report = CertificateReport(look, of: server, pin: look.certificate)
        try context.world.output.done(
            "\(server.site) is known by its certificate SHA-256 \(report.fingerprint) from now on", report)
    }

    private func agree(
        to look: ServerLook, of server: Server, _ before: ServerCertificate?, in context: Context
    ) throws {
        if let fingerprint {
            guard fingerprint.hex != look.certificate.fingerprint else { return }
            throw Problem(
                .tlsVerificationFailed,
                "The server presents another certificate than the one that was named: SHA-256 \(look.certificate.fingerprint).",
                at: server.site, next: "look with `qbitvault trust show`; if it is not the server's own, do not pin it")
        }
        if before == look.certificate { return }
        guard context.world.prompt.isAllowed else {
            throw Problem(
                .usage, "Nobody is here to compare the certificate.", at: server.site,
                next: "say which one is meant: --fingerprint HEX, as the server's own machine tells it")
        }
        try context.world.prompt.agree(to: look, of: server, before)
    }
}

extension Prompt {
    /// Shows a certificate, and asks whether it is to be accepted. No is the usual answer, and an error.
    func agree(to look: ServerLook, of server: Server, _ before: ServerCertificate?) throws {
        var question = "\(CertificateReport(look, of: server, pin: before))\n"
        if look.faults.isEmpty { question += "It is trusted as it is; once pinned, its successor is refused.\n" }
        guard try confirm(question + "Accept this certificate from now on?", usual: false) else {
            throw Problem(
                .tlsVerificationFailed, "The certificate was not accepted, and nothing has changed.", at: server.site,
                next: "compare its fingerprint on the server's own machine, and try again")
        }
    }
}

/// A fingerprint of 32 bytes as people have it: hexadecimal, with or without colons and spaces.
struct Fingerprint: ExpressibleByArgument {
    let hex: String

    init?(argument: String) {
        let digits = argument.lowercased().filter { $0 != ":" && !$0.isWhitespace }
        guard [UInt8](hex: digits)?.count == 32 else { return nil }
        hex = digits
    }
}

extension Problem {
    init(changingPins error: FileError) {
        if case .failed(.read, _) = error.code { self.init(pins: error) } else { self.init(writing: error) }
    }
}

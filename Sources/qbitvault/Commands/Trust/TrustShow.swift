import ArgumentParser
import QBittorrentClient

/// Tells what certificate a server presents.
struct TrustShow: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the certificate that the server presents, and whether it is trusted.",
        discussion: "Ends with the TLS handshake: nothing is sent.")

    @OptionGroup var options: TrustOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let server = try options.server(in: context)
        let look = try await context.look(at: server)
        try context.world.output.result(CertificateReport(look, of: server, pin: context.pin(of: server)))
    }
}

extension Context {
    /// What a server presents, and whether it would be trusted without a pin.
    func look(at server: Server) async throws -> ServerLook {
        var settings = try unpinnedTransport()
        settings.proxy = try ProxyVariables.proxy(for: server, environment: world.environment)
        do throws(TransportError) { return try await HTTPTransport.look(at: server, settings) } catch {
            throw Problem(error, at: server.site)
        }
    }
}

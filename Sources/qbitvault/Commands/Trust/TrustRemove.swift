import ArgumentParser
import QBittorrentClient
import SecureFiles

/// Forgets the pinned certificate of a server.
struct TrustRemove: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Forget the pinned certificate: the server is verified as any other again.")

    @OptionGroup var options: TrustOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let server = try options.server(in: context)
        guard let pin = try context.pin(of: server) else {
            throw Problem(
                .usage, "No certificate is pinned for this server.", at: server.site,
                next: "name the server it was pinned for with --url")
        }
        let pins = try context.pins()
        do throws(FileError) { _ = try pins.remove(for: server) } catch { throw Problem(changingPins: error) }
        try context.world.output.done(
            "the certificate of \(server.site) is forgotten", Removed(server: server.site, fingerprint: pin.fingerprint)
        )
    }

    private struct Removed: Encodable {
        let server: String
        let fingerprint: String
    }
}

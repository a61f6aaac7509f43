import QBittorrentClient
import SecureFiles
import SystemPackage

extension Context {
    /// How a server is reached, and by what it is known.
    func transport(to server: Server) throws -> HTTPTransport.Settings {
        var transport = try unpinnedTransport()
        transport.pin = try pin(of: server)
        if transport.pin != nil, transport.trust == .anything {
            world.output.note("the certificate that is pinned for \(server.site) is checked all the same")
        }
        return transport
    }

    /// The same as if nothing were pinned.
    func unpinnedTransport() throws -> HTTPTransport.Settings {
        let qbittorrent = settings.qbittorrent
        var transport = HTTPTransport.Settings()
        transport.logger = world.log
        transport.connectTimeout = qbittorrent.connectionTimeout
        transport.readTimeout = qbittorrent.readTimeout
        transport.deadline = deadline
        transport.connections = qbittorrent.poolMaxSize
        if !qbittorrent.verifyTLS {
            transport.trust = .anything
        } else if let file = qbittorrent.caFile {
            transport.trust = .authorities(file)
        }
        transport.clientCertificate = try clientCertificate()
        return transport
    }

    private func clientCertificate() throws -> ClientCertificate? {
        switch (settings.qbittorrent.clientCertificate, settings.qbittorrent.clientKey) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return ClientCertificate(certificate: certificate, key: key)
        case (let certificate, _):
            throw Problem(
                .configuration, "A client certificate needs its key, and a key its certificate.",
                at: file?.path.string ?? "the environment",
                next: "name the other file as qbittorrent.\(certificate == nil ? "client_certificate" : "client_key")")
        }
    }
}

extension Context {
    /// Which certificates this user has accepted.
    func pins() throws -> CertificatePins { CertificatePins(in: try world.folders.state) }

    /// The one certificate that a server may have; nil where none was pinned.
    func pin(of server: Server) throws -> ServerCertificate? {
        guard server.scheme == .https else { return nil }
        if let accepted, accepted.server.site == server.site { return accepted.certificate }
        let pins = try pins()
        do throws(FileError) { return try pins.pin(for: server) } catch { throw Problem(pins: error) }
    }
}

extension Problem {
    /// The file of pinned certificates cannot be used. It is never passed over: a pin may stand in it.
    init(pins error: FileError) {
        guard case .failed(.read, .badMessage) = error.code else {
            self.init(reading: error)
            return
        }
        self.init(
            .configuration, "What this user has pinned by `qbitvault trust add` is damaged.", at: error.path.string,
            next: "remove the file, look at each server with `qbitvault trust show`, and pin again what is right")
    }
}

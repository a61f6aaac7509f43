import FoundationEssentials
package import SecureFiles
package import SystemPackage

/// Which certificate a person has accepted for which server, in one file of the state folder.
///
/// It holds whatever the configuration says, because it is the user's own state: a configuration can neither add to it
/// nor lift it.
package struct CertificatePins: Sendable {
    package let path: FilePath

    package init(in state: FilePath) { path = state.appending("certificates.json") }

    /// The pinned certificate of a server, nil where there is none.
    package func pin(for server: Server) throws(FileError) -> ServerCertificate? {
        try read().first { $0.server == server.site }.map { ServerCertificate(der: $0.der) }
    }

    /// From now on `certificate` is the only one that is accepted of `server`.
    package func add(_ certificate: ServerCertificate, for server: Server, now: Int) throws(FileError) {
        try change { pins in
            pins.removeAll { $0.server == server.site }
            pins.append(Pin(server: server.site, certificate, added: now))
            pins.sort { $0.server < $1.server }
        }
    }

    /// Forgets what was pinned. False where nothing was.
    package func remove(for server: Server) throws(FileError) -> Bool {
        guard try pin(for: server) != nil else { return false }
        try change { pins in pins.removeAll { $0.server == server.site } }
        return true
    }

    private func read() throws(FileError) -> [Pin] {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileReading.bytes(at: path, rule: .strict, limit: 4 << 20) } catch {
            if case .absent = error.code { return [] }
            throw error
        }
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)),
            content.version == Content.current, content.pins.allSatisfy(\.isSound),
            Set(content.pins.map(\.server)).count == content.pins.count
        else { throw FileError(.failed(.read, .badMessage), at: path) }
        return content.pins
    }

    private func change(_ body: (inout [Pin]) -> Void) throws(FileError) {
        try Folder.makePrivate(path.removingLastComponent())
        let lock = try FileLock(FilePath(path.string + ".lock"), holder: "a change of pins", patience: .seconds(5))
        defer { extendLifetime(lock) }
        var pins = try read()
        body(&pins)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(Content(pins: pins)) else {
            throw FileError(.failed(.write, .invalidArgument), at: path)
        }
        let file = try StagedFile(for: path, mode: .ownerReadWrite)
        try file.write(Array(bytes).span)
        try file.commit()
    }

    private struct Content: Codable {
        static let current = 1
        var version = current
        let pins: [Pin]
    }
}

private struct Pin: Codable {
    let server: String
    /// The whole certificate in DER; in the file as Base64.
    let certificate: Data
    /// For people; it must be the certificate's own.
    let sha256: String
    /// Seconds since 1970.
    let added: Int

    var der: [UInt8] { Array(certificate) }
    var isSound: Bool { ServerCertificate(der: der).fingerprint == sha256 }

    init(server: String, _ certificate: ServerCertificate, added: Int) {
        self.server = server
        self.certificate = Data(certificate.der)
        sha256 = certificate.fingerprint
        self.added = added
    }
}

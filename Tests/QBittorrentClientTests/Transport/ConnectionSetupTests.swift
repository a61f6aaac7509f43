import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct ConnectionSetupTests {
    /// A proxy may ask each connection for a certificate and insist on none.
    @Test func whoHasAnsweredDoesNotInsistOnACertificate() {
        let setup = ConnectionSetup(pin: nil)
        setup.clientCertificateIsWanted()
        #expect(setup.wantsClientCertificate)
        setup.hasAnswered()
        setup.clientCertificateIsWanted()
        #expect(!setup.wantsClientCertificate)
    }

    @Test func aHeaderIsHeldWhileRequestsCarryIt() throws {
        let setup = ConnectionSetup(pin: nil)
        weak var gone: SecretHeader?
        do {
            let made = SecretHeader.bearer(.madeUp())
            let header = try #require(made)
            gone = header
            setup.register([header])
            setup.register([header])
            setup.unregister([header])
            #expect(setup.secretHeaders.count == 1)
            setup.unregister([header])
            #expect(setup.secretHeaders.isEmpty)
        }
        #expect(gone == nil)
    }
}

import Secrets

@testable import CredentialStores

extension Fuzzer {
    /// The body of a header, in a file that is signed as it should be.
    static let vaultHeader = Fuzzer("vault-header") { body in
        let bytes = Minter.file(headerBody: body)
        let header: VaultHeader
        do throws(VaultFault) { header = try VaultFile(bytes).header } catch {
            demand(error != .damaged(.signature), "the file is signed")
            return
        }
        demand(bytes.starts(with: header.encoded), "a header is written as it was read")
        checkVersions(header.versions)
        checkOpening(header)
    }

    private static func checkVersions(_ versions: VersionVector) {
        demand(versions.order(against: versions) == .same, "a vector is its own")
        // The format may have no room for it.
        guard let next = versions.written(by: Minter.author.writer) else { return }
        demand(next.order(against: versions) == .newer && versions.order(against: next) == .older, "a write is newer")
    }

    /// With a data key sealed to its first slot, the vault opens, whatever else is in the header.
    private static func checkOpening(_ header: VaultHeader) {
        guard let first = header.slots.first, !first.kind.isPassphrase else { return }
        let key = Minter.key(for: first.kind)
        let dataKey = Minter.dataKey()
        let slot = Slot(
            id: first.id, kind: first.kind, name: first.name, created: first.created,
            publicKey: Minter.publicKey(of: key, for: first), sealed: []
        ).resealed(dataKey, vaultID: header.vaultID)
        let mended = VaultHeader(
            vaultID: header.vaultID, identity: header.identity, versions: header.versions,
            slots: [slot] + header.slots.dropFirst())
        let payload = VaultPayload.empty(identitySeed: Secret(copying: Minter.identitySeed), author: Minter.author)
        let bytes = VaultFile.encode(header: mended, payload: payload, dataKey: dataKey, identity: Minter.signer())
        do {
            let vault = try OpenVault.open(VaultFile(bytes), with: key)
            demand(vault.slot.id == first.id && vault.payload.items.isEmpty, "what was opened")
        } catch { demand(false, "a vault that should open: \(error)") }
    }
}
